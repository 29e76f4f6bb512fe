/** The shell after EdgeLab: whether its terminal was given back. */
import { expect } from 'vitest'
import type { TestTerminal } from './terminal.ts'

/** What is typed is seen and runs, on the screen that was there before, with a cursor. Resolves with that screen. */
export async function atTheShell(terminal: TestTerminal, status: number): Promise<string> {
  await terminal.until(/^[$#]$/m)
  await terminal.line('echo left with $?')
  const screen = await terminal.until(/^[$#] echo left with \$\?\nleft with \d+$/m)
  expect(screen).toContain(`left with ${status}`)
  expect(await terminal.state()).toEqual({ alternate: false, cursor: true })
  return screen
}
