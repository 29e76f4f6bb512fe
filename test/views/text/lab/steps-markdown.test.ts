import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { literally } from '../../../../src/labs/progress/fill.ts'
import { markdownLines } from '../../../../src/views/text/lab/steps-markdown.ts'

const plain = { columns: 40, color: false, unicode: true }

test('paragraphs are joined and wrapped, blocks stand apart', () => {
  const text = '# A shop\n\nThe edge **forwards**\nwhat its *routes* name, and `nothing` besides.\n\n---\n\n> said\n'
  expect(markdownLines(text, plain)).toEqual([
    'A shop',
    '',
    'The edge forwards what its routes name,',
    'and `nothing` besides.',
    '',
    '─'.repeat(40),
    '',
    '│ said',
  ])
})

test('lists are numbered and nested, code keeps its blanks, tables are tables', () => {
  const text =
    '9. one\n10. two\n    - inner\n\n```nginx\nproxy {\n    x 1;\n}\n```\n\n| a | b |\n|---|--:|\n| x | 1 |\n'
  expect(markdownLines(text, plain)).toEqual([
    '9.  one',
    '10. two',
    '    • inner',
    '',
    '    proxy {',
    '        x 1;',
    '    }',
    '',
    'a  b',
    '────',
    'x  1',
  ])
})

test('a link says where it leads; HTML and entities stay what was written', () => {
  expect(markdownLines('[RFC 9110](https://rfc.example) <b>&amp;</b>\n', { ...plain, columns: 80 })).toEqual([
    'RFC 9110 (https://rfc.example) <b>&amp;</b>',
  ])
})

test('nothing for nothing, and ASCII where nothing else can be shown', () => {
  expect(markdownLines(' \n', plain)).toEqual([])
  expect(markdownLines('- “one” → two\n', { ...plain, unicode: false })).toEqual(['* "one" -> two'])
})

test('what a system sent cannot become Markdown, move the cursor or break the width', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (value) => {
      const lines = markdownLines(`Got ${literally(value)} back.`, plain)
      for (const line of lines) {
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
        expect(stringWidth(line)).toBeLessThanOrEqual(40)
      }
      const visible = value.replace(/[^A-Za-z0-9*_`#[\]<>]/g, '')
      const shown = lines.join('').replace(/[^A-Za-z0-9*_`#[\]<>]/g, '')
      // Escapes of control characters add letters; without any, all of it is there as it was.
      if (/^[\u0020-\u007e]*$/.test(value)) expect(shown).toBe(`Got${visible}back`)
    }),
    { numRuns: 300 },
  )
})
