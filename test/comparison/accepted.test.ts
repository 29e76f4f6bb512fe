import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caching } from '../../src/comparison/findings/behaviour/caching/index.ts'
import { proof } from '../../src/comparison/findings/behaviour/proof.ts'
import { againstIdeal } from '../../src/comparison/findings/behaviour/rate-limit/bucket.ts'
import { rateLimit } from '../../src/comparison/findings/behaviour/rate-limit/index.ts'
import { transform } from '../../src/comparison/findings/behaviour/transform/index.ts'
import { verdict } from '../../src/comparison/findings/choice/verdict/index.ts'
import { cpu } from '../../src/comparison/findings/costs/cpu/index.ts'
import { effort } from '../../src/comparison/findings/costs/effort.ts'
import { latency } from '../../src/comparison/findings/costs/latency/index.ts'
import type { ScenarioRecord } from '../../src/measurement/run-record.ts'
import {
  type Answers,
  originOf,
  plainPolicy,
  probeOf,
  proofOf,
  recordOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  steadyPhase,
  subjectOf,
} from './record-parts.ts'

const eight = Array.from({ length: 8 }, (_, index) => index)
const limitedPolicy = {
  ...plainPolicy,
  rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per: 'address' as const }],
}
const limitedMix = steadyPhase.mix.map((entry) => ({ ...entry, expect: [200, 429] }))
const limitedScenario = scenarioOf({ policy: limitedPolicy, traffic: [{ ...steadyPhase, mix: limitedMix }] })

/** Accepted in 4 ms, where direct takes 2; nine of ten requests refused in 0.1 ms. */
function underLimit(scenario = limitedScenario): ScenarioRecord {
  const nginx: readonly Answers[] = [
    { ms: 4, count: 40 },
    { ms: 0.1, count: 360, status: 429 },
  ]
  return scenarioRecordOf(
    scenario,
    [subjectOf('direct'), subjectOf('nginx')],
    eight.flatMap((index) => [roundOf('direct', index, [{ ms: 2 }]), roundOf('nginx', index, nginx)]),
  )
}

describe('latency tells accepted answers from refusals', () => {
  test('a system that refuses quickly is not fast: its times are those of what it accepted', () => {
    const { metrics, blocks } = latency.draw(underLimit())
    expect(metrics['nginx']?.['p50Ms']).toBeGreaterThan(3)
    expect(metrics['nginx']?.['p50Ratio']).toBeCloseTo(2, 0)
    const tables = blocks.filter((block) => block.kind === 'table')
    expect(tables.map(({ title }) => title)).toEqual([
      'Latency of accepted answers, by system',
      'Latency of refusals, by system',
    ])
    expect(tables[0]?.rows[1]?.slice(0, 2).map(({ text }) => text)).toEqual(['nginx', '320'])
    expect(tables[1]?.rows.map((row) => [row[0]?.text, row[1]?.text, row[2]?.text, row.at(-1)?.text])).toEqual([
      ['nginx', expect.stringMatching(/^2.880$/), '90 %', expect.stringMatching(/^429 ×2.880$/)],
    ])
    for (const chart of blocks.filter((block) => block.kind === 'chart')) {
      expect(chart.title).toMatch(/\(accepted answers\)$/)
      const points = chart.series.find(({ name }) => name === 'nginx')?.points ?? []
      expect(Math.min(...points.flatMap(([, ms]) => ms ?? []))).toBeGreaterThan(0.5)
    }
  })

  test('a record whose lines expect nothing: a limit’s 429 is a refusal, a 404 is in no time and is said', () => {
    const old = scenarioOf({ policy: limitedPolicy })
    expect(latency.draw(underLimit(old)).metrics['nginx']?.['p50Ms']).toBeGreaterThan(3)
    const untold = scenarioRecordOf(
      old,
      [subjectOf('direct'), subjectOf('nginx')],
      eight.flatMap((index) => [
        roundOf('direct', index, [{ ms: 2 }]),
        roundOf('nginx', index, [
          { ms: 4, count: 100 },
          { ms: 0.1, count: 300, status: 404 },
        ]),
      ]),
    )
    const { metrics, blocks } = latency.draw(untold)
    expect(metrics['nginx']?.['p50Ms']).toBeGreaterThan(3)
    const notes = blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
    expect(notes.join('\n')).toMatch(/does not say whether these answers of nginx were meant: 404 ×2.400\./)
  })
})

test('Holm’s family: direct and its duplicate are no comparisons, of latency or of CPU', () => {
  const record = scenarioRecordOf(
    scenarioOf(),
    (['direct', 'nginx', 'direct-2'] as const).map((label) => subjectOf(label)),
    // Six rounds allow one comparison and no second one: three would be too many for any claim.
    eight
      .slice(0, 6)
      .flatMap((index) => [
        roundOf('direct', index, [{ ms: 1 }], { cpuUs: 5 }),
        roundOf('nginx', index, [{ ms: 3 }], { cpuUs: 50 }),
        roundOf('direct-2', index, [{ ms: 1 }], { cpuUs: 5 }),
      ]),
  )
  expect(latency.draw(record).verdict).toEqual([expect.stringMatching(/^nginx is slower/)])
  const [byLatency] = latency.draw(record).blocks.filter((block) => block.kind === 'table')
  expect(byLatency?.rows.map((row) => row.at(-1)?.text)).toEqual(['–', '0.031', '–'])
  expect(cpu.draw(record).verdict).toEqual([
    'In this run a request cost 50 µs of CPU in nginx: 50 µs to 50 µs in the rounds.',
  ])
})

test('CPU: where one refused and the other did not, nothing is claimed, and it is said how many', () => {
  const record = scenarioRecordOf(
    limitedScenario,
    ['direct', 'nginx', 'node-proxy', 'direct-2'].map((label) => subjectOf(label)),
    eight.flatMap((index) => [
      roundOf('direct', index, [{ ms: 2 }]),
      roundOf('direct-2', index, [{ ms: 2 }]),
      roundOf(
        'nginx',
        index,
        [
          { ms: 4, count: 100 },
          { ms: 0.1, count: 300, status: 429 },
        ],
        { cpuUs: 20 },
      ),
      roundOf('node-proxy', index, [{ ms: 2 }], { cpuUs: 120 }),
    ]),
  )
  expect(cpu.draw(record).verdict).toEqual([
    'Nothing is claimed: the two did not refuse alike, and a refused request costs little.',
    'In this run a request cost 20 µs of CPU in nginx (75 % of its answers were refusals) and 120 µs in node-proxy.',
  ])
})

test('caching: 20 of 100 requests reach the origin, so 80 % are spared', () => {
  const cache = { path: '/products', ttlMs: 2000, key: ['path' as const], coalesce: true, staleOnErrorMs: 0 }
  const record = scenarioRecordOf(
    scenarioOf({ policy: { ...plainPolicy, cache: [cache] } }),
    [subjectOf('nginx', { proof: proofOf('nginx', ['cache']) })],
    [
      roundOf(
        'nginx',
        0,
        [
          { ms: 1, count: 75, cache: 'HIT' },
          { ms: 9, count: 25, cache: 'MISS' },
        ],
        { origins: [originOf(20)] },
      ),
    ],
  )
  expect(caching.draw(record).metrics['nginx']).toMatchObject({ offload: 0.8, hitRatio: 0.75 })
})

test('rate limit: accepted and refused are counted, and by the second', () => {
  const record = underLimit()
  const { metrics } = rateLimit.draw(record)
  expect(metrics['nginx']).toMatchObject({
    'acceptedPerSecond.web': 20,
    'acceptedShare.web': 0.1,
    'accepted.web': 320,
    'refused.web': 2880,
  })
})

test('transform: right and wrong probes by their share', () => {
  const policy = {
    ...plainPolicy,
    transform: [{ path: '/products', representations: [{ accept: 'application/xml', as: 'xml' as const }] }],
  }
  const probes = [probeOf('transform', 'passed', { id: 'a' }), probeOf('transform', 'failed', { id: 'b' })]
  const record = scenarioRecordOf(
    scenarioOf({ policy }),
    [
      subjectOf('nginx-lua', { proof: probes }),
      subjectOf('node-gateway', { proof: [probeOf('transform', 'passed', { id: 'a' })] }),
    ],
    ['nginx-lua', 'node-gateway'].map((label) => roundOf(label, 0, [{ ms: 1 }])),
  )
  const { metrics, verdict } = transform.draw(record)
  expect(metrics).toEqual({ 'nginx-lua': { correctShare: 0.5 }, 'node-gateway': { correctShare: 1 } })
  expect(verdict[0]).toMatch(/^node-gateway gave every client its form/)
  expect(verdict.join(' ')).toContain('nginx-lua got it wrong')
})

test('effort: the most lines of any scenario; proof: what passed and what failed', () => {
  const scenario = (configLines: number, scriptLines: number): ScenarioRecord =>
    scenarioRecordOf(
      scenarioOf(),
      [
        subjectOf('nginx', {
          effort: { configLines, scriptLines, features: {} },
          proof: [probeOf('routes', 'passed'), probeOf('balancing', scriptLines > 0 ? 'failed' : 'passed')],
        }),
      ],
      [],
    )
  const record = recordOf([scenario(30, 0), scenario(20, 7)])
  expect(effort.draw(record).metrics).toEqual({ nginx: { configLines: 30, scriptLines: 7 } })
  expect(proof.draw(record).verdict[0]).toBe('1 probe failed and 3 passed: nginx did not do what they claim.')
})

test('verdict: a scenario that only routes needs no gateway', () => {
  const record = recordOf([scenarioRecordOf(scenarioOf(), [subjectOf('nginx')], [])])
  expect(verdict.draw(record).verdict[0]).toMatch(
    /^Yes, as far as this goes: the one feature tried is built into reverse proxies/,
  )
})

describe('the ideal bucket', () => {
  const slots = (counts: readonly number[], accepted: (offered: number) => number) =>
    counts.flatMap((offered, at) => {
      const base = { atMs: at * 100, phase: 'steady', client: 'web' }
      const through = accepted(offered)
      return [
        { ...base, status: 200, count: through },
        { ...base, status: 429, count: offered - through },
      ].filter(({ count }) => count > 0)
    })
  const idealFor = (counts: readonly number[], ratePerSecond: number, burst: number) => {
    const policy = { ...limitedPolicy, rateLimit: [{ ...limitedPolicy.rateLimit[0]!, ratePerSecond, burst }] }
    const record = scenarioRecordOf(
      scenarioOf({ policy }),
      [subjectOf('nginx')],
      [roundOf('nginx', 0, [{ ms: 1 }], { slots: slots(counts, (offered) => offered) })],
    )
    return againstIdeal(record, 'nginx', 'web')?.ideal
  }

  test.each([
    // 5 tokens at first, of which 5 go at once; 10 a second fill one token in each tenth.
    ['a burst of five, then one a tenth', [5, 1, 1, 1], 10, 5, 8],
    ['more than the burst at once', [20], 1, 5, 5],
    // 5 at once, then 9 until the full bucket is empty at half a token a request, then every second one of the other 11.
    ['a pause fills the bucket up to its burst, not beyond', [5, 0, 0, 0, 0, 0, 0, 20], 100, 5, 19],
  ])('%s', (_, counts, rate, burst, ideal) => {
    expect(idealFor(counts, rate, burst)).toBe(ideal)
  })

  test('never lets through more than was offered, nor more than burst and rate allow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (counts, rate, burst) => {
          const offered = counts.reduce((sum, count) => sum + count, 0)
          const ideal = idealFor(counts, rate, burst)
          if (ideal === undefined) expect(offered).toBe(0)
          else {
            expect(ideal).toBeLessThanOrEqual(Math.min(offered, burst + rate * 0.1 * counts.length + 1e-6))
            expect(ideal).toBeGreaterThanOrEqual(1)
          }
        },
      ),
    )
  })
})
