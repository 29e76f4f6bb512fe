import { expect, test } from 'vitest'
import { table } from '../../../src/comparison/blocks.ts'
import type { Block, ChartBlock } from '../../../src/comparison/finding.ts'
import { pinnedBlock, pinnedSentences } from '../../../src/views/evidence/pinned.ts'

const all = ['direct', 'nginx', 'nginx-lua']
const pins = { all, pinned: ['nginx-lua', 'direct'] }

const chart: ChartBlock = {
  kind: 'chart',
  shape: 'bar',
  title: '',
  x: { title: 'system', scale: 'category', labels: all },
  y: { title: '', scale: 'linear' },
  series: [
    {
      name: 'origin saw',
      points: [
        [0, 10],
        [1, 20],
        [2, 30],
      ],
    },
  ],
  summary: '',
}

test('rows of a table whose systems are rows', () => {
  const block = pinnedBlock(
    table(
      '',
      ['system', '>p50'],
      all.map((label) => [label, '1 ms']),
    ),
    pins,
  )
  expect(block).toMatchObject({
    rows: [
      [{ text: 'direct' }, {}],
      [{ text: 'nginx-lua' }, {}],
    ],
  })
})

test('columns of a table whose systems are columns', () => {
  const block = pinnedBlock(table('', ['feature', ...all], [['cache', 'a', 'b', 'c']]), pins)
  expect(block).toEqual(table('', ['feature', 'direct', 'nginx-lua'], [['cache', 'a', 'c']]))
})

test('series of a chart; what is no system, such as the ideal bucket, stays', () => {
  const lines: ChartBlock = {
    ...chart,
    x: { title: '', scale: 'linear' },
    series: ['ideal bucket', ...all].map((name) => ({ name, points: [] })),
  }
  const block = pinnedBlock(lines, pins)
  expect(block.kind === 'chart' && block.series.map(({ name }) => name)).toEqual([
    'ideal bucket',
    'direct',
    'nginx-lua',
  ])
})

test('bars move together', () => {
  expect(pinnedBlock(chart, pins)).toMatchObject({
    x: { labels: ['direct', 'nginx-lua'] },
    series: [
      {
        points: [
          [0, 10],
          [1, 30],
        ],
      },
    ],
  })
})

test('answers; and without pins everything stays', () => {
  const answer = { status: 200, headers: [], body: '', remark: '' }
  const bodies: Block = { kind: 'bodies', title: '', request: '', answers: all.map((label) => ({ label, ...answer })) }
  expect(pinnedBlock(bodies, pins)).toMatchObject({ answers: [{ label: 'direct' }, { label: 'nginx-lua' }] })
  expect(pinnedBlock(bodies, { all, pinned: [] })).toBe(bodies)
})

test('of the sentences those stay that begin with a pinned system, and those about none', () => {
  const sentences = [
    'nginx-lua is slower than direct.',
    'nginx is slower than direct.',
    'No detectable difference between nginx-lua and nginx.',
    'The machine became slower.',
  ]
  expect(pinnedSentences(sentences, pins)).toEqual([sentences[0], sentences[2], sentences[3]])
  expect(pinnedSentences(sentences, { all, pinned: [] })).toEqual(sentences)
  expect(pinnedSentences([sentences[1]!], pins)).toEqual([
    'Nothing is said here of nginx-lua and direct alone; x shows all systems again.',
  ])
})
