import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Edit,
  type Editor,
  edited,
  editorOf,
  editorText,
} from '../../../../../../src/views/tui/screens/lab/form/line-editor.ts'

const after = (...edits: Edit[]): string => editorText(edits.reduce(edited, editorOf('')), '|')
const insert = (text: string): Edit => ({ type: 'insert', text })

test('what is typed stands before the cursor', () => {
  expect(after(insert('ac'), { type: 'left' }, insert('b'))).toBe('ab|c')
  expect(after(insert('abc'), { type: 'home' }, { type: 'delete' }, { type: 'right' })).toBe('b|c')
  expect(after(insert('abc'), { type: 'home' }, { type: 'backspace' }, { type: 'end' }, { type: 'backspace' })).toBe(
    'ab|',
  )
})

test('what is pasted stays one line, without control characters', () => {
  expect(after(insert('one\r\n two\tthree\u001b[2J\u0007'))).toBe('one two three[2J|')
})

test('what a reader takes for one character is one', () => {
  expect(after(insert('e\u0301👩‍👩‍👧'), { type: 'backspace' }, { type: 'backspace' })).toBe('|')
})

test('an accent typed behind its letter is one character with it', () => {
  expect(after(insert('xe'), insert('\u0301'), { type: 'backspace' })).toBe('x|')
})

test('the cursor never leaves the text, and a step back undoes a step', () => {
  const edits: fc.Arbitrary<Edit> = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'é', '👍', ' '), minLength: 1, maxLength: 3 }).map(insert),
    fc.constantFrom<Edit>(
      ...(['backspace', 'delete', 'left', 'right', 'home', 'end'] as const).map((type) => ({ type })),
    ),
  )
  fc.assert(
    fc.property(fc.array(edits), (all) => {
      const editor: Editor = all.reduce(edited, editorOf(''))
      expect(editor.cursor).toBeGreaterThanOrEqual(0)
      expect(editor.cursor).toBeLessThanOrEqual([...editor.text].length)
      expect(edited(edited(editor, insert('x')), { type: 'backspace' })).toEqual(editor)
    }),
  )
})
