import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineDiff } from '../../../src/views/evidence/line-diff.ts'

const shape = (before: string, after: string): string[] =>
  lineDiff(before, after).map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-', skipped: '…' }[kind]}${text}`,
  )

test('unchanged files have no lines', () => {
  expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual([])
})

test('a change stands between three unchanged lines, the rest is counted', () => {
  const before = 'a b c d e f g h i j'.split(' ').join('\n')
  expect(shape(before, before.replace('e', 'E'))).toEqual(['…1', ' b', ' c', ' d', '-e', '+E', ' f', ' g', ' h', '…2'])
})

test('the longest list of lines that both files have is kept', () => {
  expect(shape('a\nx\nb\nc\n', 'a\nb\ny\nc\n')).toEqual([' a', '-x', ' b', '+y', ' c'])
})

test('two changes that are far apart, and a line feed that is missing at the end', () => {
  const before = 'a b c d e f g h i j k l'.split(' ').join('\n')
  const after = `${before.replace('b', 'B').replace('k', 'K')}\n`
  expect(shape(before, after)).toEqual([' a', '-b', '+B', ' c', ' d', ' e', '…2', ' h', ' i', ' j', '-k', '+K', ' l'])
})

test('a file that is new or gone', () => {
  expect(shape('', 'a\nb\n')).toEqual(['+a', '+b'])
  expect(shape('a\n', '')).toEqual(['-a'])
})

test('what is taken away and added makes the one file of the other, line by line', () => {
  const file = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 5 })
  fc.assert(
    fc.property(file, file, (old, now) => {
      const [before, after] = [old.map((line) => `${line}\n`).join(''), now.map((line) => `${line}\n`).join('')]
      const lines = lineDiff(before, after)
      if (before === after) {
        expect(lines).toEqual([])
        return
      }
      const side = (kind: string): string =>
        lines.flatMap((each) => (each.kind === 'same' || each.kind === kind ? [`${each.text}\n`] : [])).join('')
      // Files this short are folded only where nothing near changed.
      if (lines.some(({ kind }) => kind === 'skipped')) return
      expect([side('removed'), side('added')]).toEqual([before, after])
    }),
  )
})
