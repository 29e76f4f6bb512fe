/** Instances that are not alike: who got how many, by their own counts. */
import { expect, test } from 'vitest'
import { balancing } from '../../src/comparison/findings/behaviour/balancing/index.ts'
import { balancingRecord, unlike } from './behaviour-records.ts'
import { plainPolicy, probeOf, scenarioOf } from './record-parts.ts'

test('shares are the instances’ own counts, and the sentence says by which method the slow one got how many', () => {
  const { metrics, verdict } = balancing.draw(balancingRecord())
  expect(metrics['nginx']?.['slowShare.in-turn']).toBeCloseTo(1 / 3)
  expect(metrics['nginx']?.['slowShare.least-busy']).toBeCloseTo(1 / 8)
  expect(metrics['nginx']?.['busiestShare.least-busy']).toBeCloseTo(105 / 240)
  expect(verdict).toEqual([
    expect.stringMatching(
      /^By round-robin the slow one of the three instances of in-turn, ten times as slow as the others, got 33 % of the requests in nginx; one request in ten took longer than /,
    ),
    expect.stringMatching(/^By least-connections the slow one .* got 13 % of the requests in nginx; /),
  ])
})

test('who does not balance is no example of a method', () => {
  const { blocks, metrics } = balancing.draw(balancingRecord())
  expect(metrics['direct']?.['busiestShare.in-turn']).toBe(1)
  expect(JSON.stringify(blocks)).toContain('direct does not balance')
  const chart = blocks.find((block) => block.kind === 'chart')
  expect(chart?.series.map(({ name }) => name)).toEqual(['nginx'])
})

test('a system whose balancing was disproved is left out', () => {
  const record = balancingRecord()
  const subjects = record.subjects.map((subject) =>
    subject.label === 'nginx' ? { ...subject, proof: [probeOf('balancing', 'failed')] } : subject,
  )
  const { verdict, metrics } = balancing.draw({ ...record, subjects })
  expect(verdict).toEqual(['No system that was measured balances.'])
  expect(metrics['nginx']).toBeUndefined()
})

test('plain turns over equal instances are no question', () => {
  expect(balancing.applies(unlike)).toBe(true)
  expect(balancing.applies(scenarioOf())).toBe(false)
  const weighted = [{ origin: 'catalogue', method: 'weighted' as const, weights: [3, 1] }]
  expect(balancing.applies(scenarioOf({ policy: { ...plainPolicy, balancing: weighted } }))).toBe(true)
})
