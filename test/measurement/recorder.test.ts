import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordRound } from '../../src/measurement/recording/recorder.ts'
import { spanSeconds } from '../../src/measurement/recording/spans.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { decodeHistogram, percentileUs } from '../../src/traffic/measure/histogram.ts'
import { frameOf, histogram, seriesOf } from '../traffic/frame-parts.ts'

const rest = {
  index: 0,
  label: 'nginx',
  position: 0,
  durationMs: 1000,
  cpuNs: { system: null, origins: null, driver: null },
  memoryBytes: null,
  origins: [],
  samples: [],
}

describe('frames become seconds', () => {
  test('a frame belongs to the second in which it lies; series of one key are added, others kept apart', () => {
    const round = recordRound(
      [
        frameOf(250, { series: [seriesOf([1, 2]), seriesOf([9], { cache: 'HIT' })] }),
        frameOf(1000, { series: [seriesOf([3])] }),
        frameOf(1250, { series: [seriesOf([4])] }),
      ],
      rest,
    )
    expect(round.seconds.map(({ at, series }) => [at, series.map(({ cache, count }) => [cache, count])])).toEqual([
      [
        0,
        [
          ['', 3],
          ['HIT', 1],
        ],
      ],
      [1, [['', 1]]],
    ])
    const merged = decodeHistogram(round.seconds[0]!.series[0]!.latency)
    expect([merged.totalCount, merged.maxValue]).toEqual([3, expect.closeTo(3000, -1)])
    expect([round.sent, round.answered, round.connected]).toEqual([6, 6, 3])
  })

  test('however answers are cut into frames, none is lost', () => {
    const answers = fc.array(
      fc.record({
        atMs: fc.integer({ min: 1, max: 16 }).map((n) => n * 250),
        status: fc.constantFrom(200, 401, 429),
        cache: fc.constantFrom('', 'HIT', 'MISS'),
        ms: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 5 }),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(answers, (all) => {
        const frames = all.map(({ atMs, status, cache, ms }) =>
          frameOf(atMs, {
            series: [seriesOf(ms, { status, cache })],
            slots: [{ atMs: 100, phase: 'steady', client: 'web', status, count: ms.length }],
          }),
        )
        const round = recordRound(frames, rest)
        const series = round.seconds.flatMap((second) => second.series)
        for (const status of [200, 401, 429]) {
          const sent = all.filter((each) => each.status === status).reduce((sum, { ms }) => sum + ms.length, 0)
          const own = series.filter((each) => each.status === status)
          expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(sent)
          expect(own.reduce((sum, { latency }) => sum + decodeHistogram(latency).totalCount, 0)).toBe(sent)
          expect(round.slots.find((slot) => slot.status === status)?.count ?? 0).toBe(sent)
        }
        for (const second of round.seconds) {
          const keys = second.series.map(({ status, cache }) => `${status} ${cache}`)
          expect(new Set(keys).size).toBe(keys.length)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('rules fixed beforehand', () => {
  test('a quiet round has no flag', () => {
    expect(recordRound([frameOf(250)], rest).flags).toEqual([])
  })

  test('a late driver, a busy one and unsent requests are said', () => {
    const late = Array.from({ length: 50 }, () => 6)
    const round = recordRound(
      [
        frameOf(250, { lateness: histogram(...late), busyMs: 500, failures: { unsent: 1, timeout: 2 } }),
        frameOf(500, { busyMs: 400, failures: { timeout: 1 } }),
      ],
      rest,
    )
    expect(round.flags).toEqual(['driver late', 'driver busy', 'requests unsent'])
    expect(round.failures).toEqual({ unsent: 1, timeout: 3 })
    expect(round.driverBusy).toBeCloseTo(0.9)
  })

  test('each of several drivers is judged by itself, and the busiest counts', () => {
    const idle = { busyMs: 100, lateness: histogram(0.01) }
    const late = { busyMs: 900, lateness: histogram(6, 6, 6) }
    const round = recordRound([frameOf(250)], rest, [idle, late])
    expect(round.flags).toEqual(['driver 2 late', 'driver 2 busy'])
    expect(round.driverBusy).toBeCloseTo(0.9)
    expect(round.drivers?.map(({ busy }) => busy)).toEqual([0.1, 0.9])
    expect(round.drivers?.map(({ lateP99Us }) => Math.round(lateP99Us / 100))).toEqual([0, 60])
    expect(recordRound([frameOf(250)], rest, [idle])).not.toHaveProperty('drivers')
  })

  test('a round in which this machine ran out of something is flagged', () => {
    expect(recordRound([frameOf(250, { failures: { local: 1 } })], rest).flags).toEqual(['this machine ran out'])
  })

  test('what was wrong with answers is added up by its name; none where nothing was', () => {
    const frames = [frameOf(250, { faults: { 'a folded line': 2 } }), frameOf(500, { faults: { 'a folded line': 1 } })]
    expect(recordRound(frames, rest).faults).toEqual({ 'a folded line': 3 })
    expect(recordRound([frameOf(250)], rest)).toMatchObject({ faults: {} })
  })

  test('a round that was over before its first frame is still a record', () => {
    const round = recordRound([], { ...rest, durationMs: 0 })
    expect([round.sent, round.driverBusy, round.flags, round.seconds]).toEqual([0, 0, [], []])
    expect(decodeHistogram(round.lateness).totalCount).toBe(0)
  })
})

describe('long rounds', () => {
  const text = (phase: string): string => `formatVersion: 1
id: long
title: Long
question: How fine?
policy: { routes: [{ path: /items, origin: shop }] }
origins: { shop: { routes: [{ path: "/items/{id}", body: product, latency: { p50: 1ms, p99: 1ms }${phase} }] } }
clients: { web: {} }
traffic: [{ phase: steady, for: FOR, rate: 5/s, mix: [{ get: "/items/{1..9}", client: web }] }]
measure: rounds
rounds: { quick: 1, full: 2 }
`
  const spanOf = (duration: string, slowing = ''): number =>
    spanSeconds(
      loadScenario(text(slowing).replace('FOR', duration), 'long.yaml', {
        systems: [],
        findings: [],
        makeKey: (name) => name,
      }),
    )

  test('a record keeps seconds together in rounds of more than twelve, and each by itself while an origin is slow', () => {
    expect([spanOf('3s'), spanOf('12s'), spanOf('13s'), spanOf('60s')]).toEqual([1, 1, 2, 5])
    expect(spanOf('60s', ', slowing: { from: 10s, for: 2s, by: 400ms }')).toBe(1)
  })

  const frames = [250, 1250, 5250, 9750, 10_250].map((atMs, at) =>
    frameOf(atMs, { series: [seriesOf([at + 1]), seriesOf([100 + at], { status: 429 })] }),
  )

  test('spans begin at their multiples, and hold all that lies in them', () => {
    const { seconds } = recordRound(frames, rest, undefined, { seconds: 5 })
    expect(seconds.map(({ at, series }) => [at, series.map(({ status, count }) => [status, count])])).toEqual([
      [
        0,
        [
          [200, 2],
          [429, 2],
        ],
      ],
      [
        5,
        [
          [200, 2],
          [429, 2],
        ],
      ],
      [
        10,
        [
          [200, 1],
          [429, 1],
        ],
      ],
    ])
  })

  test('how long answers took from their send is kept once for each kind, to two digits', () => {
    const kindOf = ({ status }: { readonly status: number }): string => (status < 400 ? 'accepted' : 'refused')
    const { seconds } = recordRound(frames, rest, undefined, { seconds: 5, kindOf })
    const all = seconds.flatMap(({ series }) => series)
    const counts = all.map(({ service }) => decodeHistogram(service).totalCount)
    expect(counts).toEqual([5, 5, 0, 0, 0, 0])
    expect(percentileUs(all[0]!.service, 50)).toBeCloseTo(3000, -2)
    expect(all.map(({ latency }) => decodeHistogram(latency).totalCount)).toEqual([2, 2, 2, 2, 1, 1])
  })
})
