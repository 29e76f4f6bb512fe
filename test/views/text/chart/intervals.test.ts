import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import type { IntervalsBlock } from '../../../../src/comparison/finding.ts'
import { looksFor } from '../../../../src/views/evidence/looks.ts'
import { intervalLines } from '../../../../src/views/text/chart/intervals.ts'

const looks = looksFor([
  ...['direct', 'nginx', 'haproxy', 'aws-api-gateway'].map((label) => ({ label })),
  { label: 'nginx-2', duplicateOf: 'nginx' },
])
const block: IntervalsBlock = {
  kind: 'intervals',
  title: 'Median latency',
  reference: 'direct',
  quantity: 'p50 latency',
  rows: [
    { name: 'nginx-2', ratio: 0.99, low: 0.97, high: 1.03, claim: 'noise' },
    { name: 'nginx', ratio: 1.02, low: 0.98, high: 1.05, claim: 'none' },
    { name: 'haproxy', ratio: 1.12, low: 1.08, high: 1.17, claim: 'higher' },
    { name: 'aws-api-gateway', ratio: 1.4, low: 0.5, high: 60, claim: 'noise' },
  ],
  floor: 0.03,
  caption: '95 % intervals.',
  summary: 'haproxy is a tenth slower.',
}
const sizes = [60, 80, 140].flatMap((columns) => [true, false].map((unicode) => ({ columns, unicode })))

test.each(sizes)('$columns columns, unicode $unicode: figures and claim on one line, all within the width', (size) => {
  for (const color of [true, false]) {
    const lines = intervalLines(block, { ...size, color, looks })
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns)
    const plain = lines.map((line) => stripVTControlCharacters(line))
    expect(plain.find((line) => line.includes(' nginx '))).toMatch(
      /1\.02 \(0\.98.1\.05\) {2}(not detected|no detectable difference)$/,
    )
    expect(plain.find((line) => line.includes('haproxy'))).toMatch(/1\.12 \(1\.08.1\.17\) {2}higher$/)
    expect(plain.find((line) => line.includes('nginx-2'))).toMatch(/not claimed$/)
    if (!size.unicode) expect(plain.join('')).toMatch(/^[ -~]*$/)
  }
})

test('a dot stands within its whisker, right of the reference where it is higher; a cut whisker ends in an arrow', () => {
  const lines = intervalLines(block, { columns: 140, unicode: true, color: false, looks })
  const axis = lines.find((line) => /┴/.test(line))!
  const labels = lines[lines.indexOf(axis) + 1]!
  const one = labels.search(/(?<![.\d])1(?![.\d])/)
  const row = lines.find((line) => line.includes('haproxy'))!
  const [, ...plot] = [row, ...row.slice(19)]
  const at = (sign: string): number => 19 + plot.indexOf(sign)
  expect(row[one]).toBe('│')
  expect(at('├')).toBeGreaterThan(one)
  expect(at('├')).toBeLessThan(at('■'))
  expect(at('■')).toBeLessThan(at('┤'))
  expect(row).toContain('░')
  expect(lines.find((line) => line.includes('aws-api-gateway'))).toContain('►  1.40')
})

test('each keeps its marker when others are left out; the system once more has its original’s, not filled', () => {
  const two = { ...block, rows: block.rows.filter(({ name }) => name === 'haproxy' || name === 'nginx-2') }
  const lines = intervalLines(two, { columns: 80, unicode: true, color: false, looks })
  expect(lines.find((line) => line.includes('haproxy'))).toMatch(/^■ /)
  expect(lines.find((line) => line.includes('nginx-2'))).toMatch(/^△ /)
})

test('without rows there is no picture, only what there is to say', () => {
  expect(intervalLines({ ...block, rows: [], floor: 0 }, { columns: 80, unicode: true, color: false })).toEqual([
    '95 % intervals.',
    'haproxy is a tenth slower.',
  ])
})

test('of one start there is a ratio and no interval, and no figure that is none', () => {
  const rows = [{ name: 'nginx', ratio: 5.84, low: 0, high: Number.POSITIVE_INFINITY, claim: 'noise' }] as const
  for (const size of sizes) {
    const lines = intervalLines({ ...block, rows }, { ...size, color: false, looks }).join('\n')
    expect(lines).toMatch(/5\.84 \(one start\) {2}not claimed$/m)
  }
})
