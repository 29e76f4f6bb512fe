import { expect, test } from 'vitest'
import {
  emptyPrompt,
  historyOf,
  type Prompt,
  type PromptMove,
  promptAfter,
} from '../../../../../src/views/tui/screens/lab/dialogs/prompt.ts'

const history = ['GET /a', 'GET /b']
const typed = (text: string): PromptMove => ({ type: 'edit', edit: { type: 'insert', text } })

function after(moves: readonly (PromptMove | 'older' | 'newer')[]): string {
  const all = moves.map((move) => (typeof move === 'string' ? { type: move } : move))
  return all.reduce<Prompt>((prompt, move) => promptAfter(prompt, move, history), emptyPrompt).editor.text
}

test('earlier requests come back newest first, and what was being typed is not lost', () => {
  expect(after(['older'])).toBe('GET /b')
  expect(after(['older', 'older', 'older'])).toBe('GET /a')
  expect(after([typed('/x'), 'older', 'older', 'newer', 'newer', 'newer'])).toBe('/x')
})

test('an earlier one that is changed is a new one', () => {
  expect(after(['older', typed('?c=1')])).toBe('GET /b?c=1')
  expect(after(['older', typed('?c=1'), 'older'])).toBe('GET /b')
})

test('a request that was sent again stands in the history once, as the newest', () => {
  expect(historyOf(['GET /a', 'GET /b', 'GET /a'].map((text) => ({ text })))).toEqual(['GET /b', 'GET /a'])
})
