import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import type { TableBlock } from '../../../src/comparison/finding.ts'
import { tableLines } from '../../../src/views/text/table.ts'

const options = { columns: 80, color: false, unicode: true }
const table = (titles: readonly string[], rows: readonly (readonly string[])[]): TableBlock => ({
  kind: 'table',
  title: '',
  columns: titles.map((title, at) => ({ title, align: at === 0 ? 'left' : 'right' })),
  rows: rows.map((row) => row.map((text) => ({ text }))),
  caption: '',
})

test('figures stand under each other, at the right', () => {
  expect(
    tableLines(
      table(
        ['system', 'p50'],
        [
          ['nginx', '0.22 ms'],
          ['direct', '8.4 ms'],
        ],
      ),
      options,
    ),
  ).toEqual(['system      p50', '───────────────', 'nginx   0.22 ms', 'direct   8.4 ms'])
})

test('wide characters take the cells they need', () => {
  const [, , first = '', second = ''] = tableLines(
    table(
      ['a', 'b'],
      [
        ['世界', '1'],
        ['four', '1'],
      ],
    ),
    options,
  )
  expect(stringWidth(first)).toBe(stringWidth(second))
})

test('where columns cannot be wrapped, rows become stacks that name every figure', () => {
  const lines = tableLines(table(['system', 'median latency', 'requests'], [['nginx', '0.22 ms', '2400']]), {
    ...options,
    columns: 20,
  })
  expect(lines).toEqual(['nginx', '  median latency:', '    0.22 ms', '  requests: 2400'])
})

test('never wider than asked, and no figure is lost', () => {
  const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcdef019.') })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 20, max: 120 }),
      (rows, columns) => {
        const lines = tableLines(table(['x', 'y', 'z'], rows), { ...options, columns })
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns)
        const all = lines.join('\n')
        for (const row of rows) for (const text of row.slice(1)) expect(all).toContain(text)
      },
    ),
  )
})

test('where all columns do not fit but some do, the rest follow below, with the columns that tell rows apart', () => {
  const wide = table(
    ['scenario', 'system', 'configuration lines', 'script lines', 'cpu per request', 'memory'],
    [
      ['caching', 'nginx', '42', '0', '46 microseconds', '9.0 megabytes'],
      ['caching', 'direct', '0', '0', '44 microseconds', '8.0 megabytes'],
    ],
  )
  expect(tableLines(wide, { ...options, columns: 60 })).toEqual([
    'scenario  system  configuration      script  cpu per request',
    '                          lines       lines',
    '────────────────────────────────────────────────────────────',
    'caching    nginx             42           0  46 microseconds',
    'caching   direct              0           0  44 microseconds',
    '',
    'scenario  system         memory',
    '───────────────────────────────',
    'caching    nginx  9.0 megabytes',
    'caching   direct  8.0 megabytes',
  ])
})

test('a stack has no colon without a word before it', () => {
  const rows = [['nginx as a process', '✗ missing', 'it is not on PATH of whoever asks']]
  expect(tableLines(table(['what', '', 'found'], rows), { ...options, columns: 24 })).toEqual([
    'nginx as a process',
    '  ✗ missing',
    '  found: it is not on',
    '    PATH of whoever asks',
  ])
})
