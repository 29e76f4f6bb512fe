import { describe, expect, test } from 'vitest'
import type { Finding, Judgement } from '../../src/comparison/finding.ts'
import { drawFindings } from '../../src/comparison/findings/index.ts'
import { isFailure, judge } from '../../src/comparison/judge.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import type { Expectation, Scenario } from '../../src/scenario/scenario.ts'
import {
  type Answers,
  plainPolicy,
  recordOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  steadyPhase,
  subjectOf,
} from './record-parts.ts'

const errors = (system: string): Expectation => ({
  finding: 'latency',
  system,
  metric: 'errors',
  comparison: { op: '=', value: 0 },
  text: '0',
})
const ratio = (system: string): Expectation => ({
  finding: 'latency',
  system,
  metric: 'p50Ratio',
  comparison: { op: '<=', value: 3 },
  text: '<= 3',
})

/** Eight rounds of direct, twice, and nginx; `expect` of the only line of the mix. */
function run(
  answers: Readonly<Record<'direct' | 'nginx', readonly Answers[]>>,
  more: Partial<Scenario> = {},
  expected: readonly number[] = [200],
): RunRecord {
  const mix = steadyPhase.mix.map((entry) => ({ ...entry, expect: expected }))
  const scenario = scenarioOf({ traffic: [{ ...steadyPhase, mix }], ...more })
  const rounds = Array.from({ length: 8 }, (_, index) => index).flatMap((index) => [
    roundOf('direct', index, answers.direct),
    roundOf('nginx', index, answers.nginx),
    roundOf('direct-2', index, answers.direct),
  ])
  return recordOf([
    scenarioRecordOf(
      scenario,
      ['direct', 'nginx', 'direct-2'].map((label) => subjectOf(label)),
      rounds,
    ),
  ])
}

function latencyIn(record: RunRecord): Finding {
  return drawFindings(record).find(({ id }) => id === 'latency')!
}

function judgementsOf(record: RunRecord): readonly Judgement[] {
  return judge(record, drawFindings(record))
}

describe('answers that the scenario does not expect', () => {
  const wrong = run(
    { direct: [{ ms: 1 }], nginx: [{ ms: 0.27, count: 100, status: 404 }] },
    { expect: [errors('nginx'), ratio('nginx')] },
  )

  test('are said with their statuses, and nobody is called faster for them', () => {
    const { verdict, blocks, metrics } = latencyIn(wrong)
    expect(verdict).toEqual([
      'Nothing is said of the times of nginx: 800 of 800 requests were not answered as the scenario expects (404 ×800).',
    ])
    expect(metrics['nginx']).toEqual({ errors: 800 })
    const tables = blocks.filter((block) => block.kind === 'table')
    expect(tables[0]?.rows[1]?.map(({ text }) => text)).toContain('withheld')
    expect(tables[1]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['nginx', 'steady', 'GET /products/{1..200} as web', '200', '404 ×800 of 800'],
    ])
  })

  test('break their expectation, leave others unjudged, and fail the run', () => {
    expect(judgementsOf(wrong).map(({ metric, state, received }) => `${metric} ${state}: ${received}`)).toEqual([
      expect.stringMatching(/^answered as expected broken: 800 of 800 requests/),
      'errors broken: 800',
      expect.stringMatching(/^p50Ratio unjudged: 800 of 800 requests/),
    ])
    expect(isFailure(judgementsOf(wrong))).toBe(true)
    expect(isFailure(judgementsOf(run({ direct: [{ ms: 1 }], nginx: [{ ms: 2 }] })))).toBe(false)
  })

  test('stand before the figures of every finding of the scenario', () => {
    const cpu = drawFindings(wrong).find(({ id }) => id === 'cpu')
    expect(cpu?.blocks[0]).toMatchObject({ kind: 'note', tone: 'warning', text: expect.stringContaining('404 ×800') })
  })

  test('of direct leave nothing to compare with', () => {
    const record = run({ direct: [{ ms: 1, status: 404 }], nginx: [{ ms: 2 }] })
    expect(latencyIn(record).verdict).toEqual([expect.stringMatching(/^Nothing is compared with direct: /)])
    expect(latencyIn(record).metrics['nginx']).not.toHaveProperty('p50Ratio')
  })

  test('that are few are counted as errors, and the others are compared', () => {
    const record = run({
      direct: [{ ms: 1 }],
      nginx: [
        { ms: 2, count: 397 },
        { ms: 0.1, count: 3, status: 502 },
      ],
    })
    expect(latencyIn(record).verdict).toEqual([expect.stringMatching(/^nginx is slower/)])
    expect(latencyIn(record).metrics['nginx']?.['errors']).toBe(24)
    expect(isFailure(judgementsOf(record))).toBe(false)
  })
})

describe('answers that are wanted', () => {
  test('a 404 that is asked for is an answer like any other', () => {
    const record = run({ direct: [{ ms: 1, status: 404 }], nginx: [{ ms: 2, status: 404 }] }, {}, [404])
    // The policy has a route there and the origin has none: both answer 404.
    const nowhere = {
      ...record,
      scenarios: record.scenarios.map((each) => ({
        ...each,
        scenario: { ...each.scenario, origins: { catalogue: { instances: 1, routes: [] } } },
      })),
    }
    expect(latencyIn(nowhere).verdict).toEqual([expect.stringMatching(/^nginx is slower/)])
    expect(isFailure(judgementsOf(nowhere))).toBe(false)
  })

  test('refusals that the policy wants make nobody faster: a ratio is of what both served', () => {
    const limited: Partial<Scenario> = {
      policy: {
        ...plainPolicy,
        rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per: 'address' }],
      },
    }
    const nginx = [
      { ms: 4, count: 40 },
      { ms: 0.1, count: 360, status: 429 },
    ]
    const record = run({ direct: [{ ms: 2 }], nginx }, limited, [200, 429])
    expect(latencyIn(record).verdict).toEqual([expect.stringMatching(/^nginx is slower: it answers in (3|4)\.\d ms/)])
    expect(latencyIn(record).metrics['nginx']?.['p50Ratio']).toBeGreaterThan(1.7)
    expect(isFailure(judgementsOf(record))).toBe(false)
  })

  test('who refuses nobody is not held to a refusal', () => {
    const record = run({ direct: [{ ms: 2 }], nginx: [{ ms: 0.1, status: 401 }] }, {}, [401])
    expect(latencyIn(record).verdict).toEqual([
      'No line of the mix is accepted both by direct and by another system: there is nothing to compare.',
    ])
    expect(isFailure(judgementsOf(record))).toBe(false)
  })
})

describe('nothing sent', () => {
  const record = run({ direct: [], nginx: [] }, { expect: [errors('nginx'), ratio('nginx')] })

  test('is a case of its own: no figure, no ratio, and not “only direct”', () => {
    expect(latencyIn(record).verdict).toEqual([
      'Nothing was sent in the measured phases, so there is no latency to tell.',
    ])
    expect(latencyIn(record).metrics['nginx']).toEqual({})
  })

  test('leaves every expectation unjudged, and fails the run', () => {
    const judgements = judgementsOf(record)
    expect(new Set(judgements.map(({ state, received }) => `${state}: ${received}`))).toEqual(
      new Set(['unjudged: nothing was sent in the measured phases']),
    )
    expect(isFailure(judgements)).toBe(true)
  })
})

test('expectations of systems that take no part are left out; of those that cannot run here they are no failure', () => {
  const { scenarios } = run({ direct: [{ ms: 1 }], nginx: [{ ms: 2 }] })
  const record = recordOf(
    scenarios.map((each) => ({
      ...each,
      scenario: { ...each.scenario, expect: [errors('nginx'), errors('nginx-lua'), errors('node-proxy')] },
      subjects: [
        ...each.subjects,
        subjectOf('node-proxy', { state: 'unavailable', reason: 'its bundle is not built', remedy: 'npm run build' }),
      ],
    })),
  )
  const judgements = judgementsOf(record)
  expect(judgements.map(({ system, state, received }) => [system, state, received])).toEqual([
    ['nginx', 'met', '0'],
    ['node-proxy', 'unjudged', 'its bundle is not built'],
  ])
  expect(isFailure(judgements)).toBe(false)
})
