import { expect, test } from 'vitest'
import { decodeHistogram } from '../../../src/traffic/measure/histogram.ts'
import { loadOf } from '../../../src/traffic/measure/merge.ts'
import type { Frame } from '../../../src/traffic/plan.ts'
import { framesInStep } from '../../../src/traffic/shards/frames-in-step.ts'
import { frameOf, histogram, seriesOf } from '../frame-parts.ts'

function collect(drivers: number) {
  const seen: Frame[] = []
  return { seen, ...framesInStep(drivers, (frame) => seen.push(frame)) }
}

const countOf = (encoded: string): number => decodeHistogram(encoded).totalCount

test('frames of one quarter of a second become one, in which nothing is lost', () => {
  const { seen, take } = collect(2)
  const slot = { phase: 'steady', client: 'web', status: 200 }
  take(0, frameOf(251, { series: [seriesOf([1, 2])], slots: [{ ...slot, atMs: 100, count: 2 }], inFlight: 3 }))
  expect(seen).toEqual([])
  const slots = [
    { ...slot, atMs: 0, count: 1 },
    { ...slot, atMs: 100, count: 1 },
  ]
  const failures = { timeout: 1 }
  take(
    1,
    frameOf(258, {
      series: [seriesOf([3]), seriesOf([4], { status: 429 })],
      slots,
      failures,
      faults: { odd: 2 },
      inFlight: 1,
    }),
  )
  expect(seen).toMatchObject([
    {
      atMs: 258,
      sent: 4,
      answered: 4,
      inFlight: 4,
      busyMs: 20,
      connected: 2,
      failures: { timeout: 1 },
      faults: { odd: 2 },
      slots: [
        { atMs: 0, count: 1 },
        { atMs: 100, count: 3 },
      ],
      series: [
        { status: 200, count: 3, bodyBytes: 30 },
        { status: 429, count: 1, bodyBytes: 10 },
      ],
    },
  ])
  const [{ series, lateness }] = seen as [Frame]
  expect(series.map(({ latency }) => countOf(latency))).toEqual([3, 1])
  expect(series.map(({ service }) => countOf(service))).toEqual([3, 1])
  expect(countOf(lateness)).toBe(2)
  // To the bucket: as one driver would have written it.
  expect(series[0]!.latency).toBe(histogram(1, 2, 3))
})

test('one that fell behind is merged with those of its own time', () => {
  const { seen, take, ended } = collect(2)
  for (const atMs of [250, 500, 750]) take(0, frameOf(atMs, { inFlight: 2 }))
  take(1, frameOf(490, { inFlight: 7 }))
  take(1, frameOf(750, { inFlight: 8 }))
  ended(0)
  ended(1)
  expect(seen.map(({ atMs, sent, inFlight }) => [atMs, sent, inFlight])).toEqual([
    [250, 2, 2],
    [500, 4, 9],
    [750, 4, 10],
  ])
})

test('one that is through keeps nobody waiting', () => {
  const { seen, take, ended } = collect(2)
  take(0, frameOf(250))
  take(0, frameOf(500))
  expect(seen).toEqual([])
  ended(1)
  expect(seen).toHaveLength(2)
  take(0, frameOf(750))
  expect(seen).toHaveLength(3)
})

test('what a round asked of a driver is the sum of its frames', () => {
  const { busyMs, lateness } = loadOf([frameOf(250), frameOf(500, { lateness: histogram(1, 2), busyMs: 5 })])
  expect(busyMs).toBe(15)
  expect(countOf(lateness)).toBe(3)
})
