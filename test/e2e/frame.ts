/** What must hold of every frame of the app, whichever screen it shows and however the terminal came to its size. */
import stringWidth from 'string-width'
import { expect } from 'vitest'
import type { Size, TestTerminal } from './terminal.ts'

/** Enough, comfortable, wide. */
export const sizes: readonly Size[] = [
  { columns: 60, rows: 16 },
  { columns: 80, rows: 24 },
  { columns: 140, rows: 45 },
]

export function rowsOf(screen: string): readonly string[] {
  return screen.replace(/\n$/, '').split('\n')
}

/** Header in the first row, rule below it, footer in the last row, nothing in the last column, nothing twice. */
export function expectWholeFrame(screen: string, { columns, rows }: Size): void {
  const lines = rowsOf(screen)
  expect(lines).toHaveLength(rows)
  expect(Math.max(...lines.map((line) => stringWidth(line))), screen).toBeLessThan(columns)
  expect(lines[0], screen).toMatch(/^ \S/)
  expect(lines[1], screen).toBe(` ${'─'.repeat(columns - 2)}`)
  expect(lines.at(-1), screen).toMatch(/^ .*\? keys/)
  expect(
    lines.filter((line) => line.includes('? keys')),
    screen,
  ).toHaveLength(1)
  expect(
    lines.filter((line) => line === lines[0]),
    screen,
  ).toHaveLength(1)
}

/** Makes the terminal another size and resolves with the frame that it shows then. */
export async function resized(terminal: TestTerminal, size: Size): Promise<string> {
  await terminal.resize(size)
  return terminal.still((screen) => expectWholeFrame(screen, size))
}
