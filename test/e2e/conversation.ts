/** Answers to an app that asks in lines. */
import { expect, vi } from 'vitest'
import type { TestTerminal } from './terminal.ts'

/** Types each answer once the app has asked for it. */
export async function converse(terminal: TestTerminal, answers: readonly string[]): Promise<void> {
  let read = 0
  for (const text of answers) {
    read = await vi.waitFor(
      async () => {
        const written = await terminal.written()
        expect(written.slice(read)).toMatch(/: $/)
        return written.length
      },
      { timeout: 20_000, interval: 20 },
    )
    await terminal.line(text)
  }
}
