/** Whose answer arrived: read off the documents, by client. */
import { expect, test } from 'vitest'
import { sharing } from '../../src/comparison/findings/behaviour/sharing/index.ts'
import { sharingRecord } from './behaviour-records.ts'
import { scenarioOf } from './record-parts.ts'

test('where everybody gets their own nothing has leaked, of so many that were looked at', () => {
  const { metrics, verdict } = sharing.draw(sharingRecord('bob'))
  expect(metrics['nginx']).toEqual({ leaks: 0, lookedAt: 2 })
  expect(verdict).toEqual([
    'nginx gave nobody what belongs to another, whether the key tells consumers apart or the origin forbids to share.',
  ])
})

test('an answer in the wrong hands is said first, with whose it is, and shown', () => {
  const { metrics, verdict, blocks } = sharing.draw(sharingRecord('alice'))
  expect(metrics['nginx']).toEqual({ leaks: 1, lookedAt: 2 })
  expect(verdict).toEqual([
    'nginx gave bob what belongs to alice (in bob-asks): 1 answer of 2 that were looked at went to the wrong hands.',
  ])
  expect(blocks.find((block) => block.kind === 'bodies')).toMatchObject({
    title: 'What bob got in bob-asks',
    answers: [{ label: 'nginx', remark: 'belongs to alice', headers: [['X-Cache', 'HIT']] }],
  })
})

test('the question is asked only where several consumers ask for what belongs to them, and a cache is there', () => {
  const { scenario } = sharingRecord('bob')
  expect(sharing.applies(scenario)).toBe(true)
  expect(sharing.applies({ ...scenario, policy: { ...scenario.policy, cache: [] } })).toBe(false)
  expect(sharing.applies({ ...scenario, clients: { alice: scenario.clients['alice']! } })).toBe(false)
  expect(sharing.applies(scenarioOf({ policy: scenario.policy, clients: scenario.clients }))).toBe(false)
})

test('every answer counts that was looked at, in all rounds; older records have the first alone', () => {
  const { rounds, ...rest } = sharingRecord('alice')
  const counted = rounds.flatMap((round) => {
    const samples = round.samples.map((sample) => ({ ...sample, count: sample.client === 'bob' ? 3 : 5 }))
    return [
      { ...round, samples },
      { ...round, index: 1, samples: samples.slice(0, 1) },
    ]
  })
  const { metrics, verdict } = sharing.draw({ ...rest, rounds: counted })
  expect(metrics['nginx']).toEqual({ leaks: 3, lookedAt: 13 })
  expect(verdict[0]).toContain('3 answers of 13 that were looked at went to the wrong hands.')
})

test('of answers that were not all looked at it says how many were', () => {
  const { rounds, ...rest } = sharingRecord('bob')
  const verdictOf = (count: number): readonly string[] => {
    const series = rounds[0]!.seconds[0]!.series.map((each) => ({ ...each, count }))
    return sharing.draw({ ...rest, rounds: [{ ...rounds[0]!, seconds: [{ at: 0, series }] }] }).verdict
  }
  expect(verdictOf(1)).toHaveLength(1)
  expect(verdictOf(600)[1]).toBe('Of 1\u202f200 answers of nginx only 2 were looked at.')
})
