import { expect, test } from 'vitest'
import type { ExperimentEvent } from '../../../src/experiment/events.ts'
import { liveChart, liveIntervals } from '../../../src/views/live/live-chart.ts'
import { liveModel } from '../../../src/views/live/live-model.ts'
import { probeOf } from '../../comparison/record-parts.ts'
import {
  called,
  frame,
  frameOf,
  halfARun,
  restOfTheRun,
  round,
  roundFinished,
  roundStarted,
  runStarted,
  scenarioStarted,
  series,
} from '../live-events.ts'
import { halfOfSlices, restOfSlices, slicesStarted } from '../live-slices-events.ts'

function after(...events: readonly ExperimentEvent[]) {
  const model = liveModel(() => 0)
  for (const event of events) model.take(event)
  return model.read()
}

const rowOf = (picture: ReturnType<typeof after>, label: string) => picture.rows.find((row) => row.label === label)

test('before anything starts every system of the run is there, the baseline first, and waits', () => {
  const { rows, scenario, round: at } = after(runStarted, scenarioStarted)
  expect(rows.map(({ label, state }) => `${label} ${state}`)).toEqual([
    'direct waiting',
    'nginx waiting',
    'nginx-lua waiting',
    'node-proxy waiting',
    'node-gateway waiting',
  ])
  expect([scenario?.number, scenario?.of, at]).toEqual([1, 1, null])
})

test('a system is started, proved, waits for its turn, is measured and done', () => {
  const states: (string | undefined)[] = []
  const model = liveModel(() => 0)
  const events = [runStarted, scenarioStarted, ...called('nginx'), ...called('nginx-lua')]
  for (const event of [...events, ...round('nginx', 0, 1), ...round('nginx', 1, 1)]) {
    model.take(event)
    states.push(model.read().rows.find(({ label }) => label === 'nginx')?.state)
  }
  expect(states.filter((state, at) => state !== states[at - 1])).toEqual([
    'waiting',
    'starting',
    'proving',
    'waiting',
    'measuring',
    'waiting',
    'measuring',
    'done',
  ])
})

test('frames add up to the figures of the round', () => {
  const frames = [
    frame(250, [series(1, 60, { cache: 'HIT' }), series(9, 30, { cache: 'MISS' })]),
    frame(500, [series(3, 10, { status: 429 }), series(1, 1, { status: 503 })], {
      timeout: 2,
      reset: 1,
      local: 4,
      surplus: 5,
    }),
  ]
  const picture = after(
    runStarted,
    scenarioStarted,
    roundStarted('nginx', 0),
    ...frames.map((each) => frameOf('nginx', 0, each)),
  )
  const { figures, points } = rowOf(picture, 'nginx') ?? {}
  expect(figures).toMatchObject({
    round: 0,
    sent: 101,
    classes: { 2: 90, 4: 10, 5: 1 },
    failures: 7,
    ownFailures: 4,
    unexpected: 1,
    fromCache: 60 / 90,
    originSaw: null,
  })
  expect(figures?.p50Ms).toBeCloseTo(1, 2)
  expect(figures?.p99Ms).toBeCloseTo(9, 1)
  expect(points?.map(([at]) => at)).toEqual([0.25, 0.5])
})

test('a quarter of a second without answers is a gap, not a zero', () => {
  const picture = after(runStarted, scenarioStarted, roundStarted('nginx', 0), frameOf('nginx', 0, frame(250, [])))
  expect(rowOf(picture, 'nginx')?.points).toEqual([[0.25, null]])
  expect(liveChart(picture)).toBeUndefined()
})

test('what the origin saw is known when the round is over; the next round begins from nothing', () => {
  const one = [runStarted, scenarioStarted, ...round('nginx', 0, 1)]
  expect(rowOf(after(...one), 'nginx')?.figures?.originSaw).toBe(150)
  const figures = rowOf(after(...one, roundStarted('nginx', 1)), 'nginx')?.figures
  expect(figures).toMatchObject({ round: 1, sent: 0, originSaw: null })
})

test('who cannot run or does not start says why, with remedy and log', () => {
  const picture = after(...halfARun)
  expect(rowOf(picture, 'node-gateway')).toMatchObject({
    state: 'unavailable',
    reason: 'its bundle is not built',
    remedy: 'npm run build',
  })
  expect(rowOf(picture, 'node-proxy')).toMatchObject({ state: 'failed' })
  expect(rowOf(picture, 'node-proxy')?.logTail).toContain('EADDRINUSE')
})

test('proof is kept probe by probe', () => {
  const picture = after(
    runStarted,
    scenarioStarted,
    ...called('nginx', [probeOf('cache', 'failed'), probeOf('routes', 'passed')]),
  )
  expect(rowOf(picture, 'nginx')?.proof.map(({ state }) => state)).toEqual(['failed', 'passed'])
})

test('a row that nothing happened to is the same object: it need not be drawn again', () => {
  const model = liveModel(() => 0)
  for (const event of halfARun) model.take(event)
  const before = model.read().rows
  model.take(frameOf('nginx-lua', 1, frame(1250, [series(1, 5)])))
  const changed = model.read().rows.filter((row, at) => row !== before[at])
  expect(changed.map(({ label }) => label)).toEqual(['nginx-lua'])
})

test('time left follows the rounds of who takes part, and ends with the run', () => {
  let now = 0
  const model = liveModel(() => now)
  model.take(runStarted)
  expect(model.read().leftMs).toBe(20_000)
  now = 25_000
  expect(model.read().leftMs).toBe(0)
  now = 0
  for (const event of halfARun) model.take(event)
  now = 10_000
  const half = model.read()
  // Four of the six rounds of three systems took 10 s: 5 s by that pace, 10 s by the first guess, which weighs a third.
  expect(half.leftMs).toBeCloseTo(6667, -1)
  for (const event of restOfTheRun) model.take(event)
  expect(model.read()).toMatchObject({ finished: true, leftMs: undefined })
})

test('the chart shows the latest round of each system on one scale', () => {
  const chart = liveChart(after(...halfARun))
  expect(chart?.series.map(({ name, points }) => [name, points.length])).toEqual([
    ['direct', 8],
    ['nginx', 8],
    ['nginx-lua', 4],
  ])
  expect(chart?.y.scale).toBe('log')
})

test('a round that was broken off is no longer measured when its scenario ends', () => {
  const events = [
    runStarted,
    scenarioStarted,
    roundStarted('nginx', 0),
    { type: 'scenario-finished', scenario: 'caching' } as const,
  ]
  expect(rowOf(after(...events), 'nginx')?.state).toBe('waiting')
  expect(rowOf(after(...events, roundFinished('direct', 1)), 'direct')?.state).toBe('done')
})

test('notes are kept in order, the oldest go first', () => {
  const model = liveModel(() => 0)
  for (let n = 0; n < 60; n += 1) model.note(`line ${n}`)
  expect(model.read().notes.slice(-2)).toEqual(['line 58', 'line 59'])
  expect(model.read().notes).toHaveLength(50)
})

test('slices add up by system; ratios and what the run waits for are said after a start', () => {
  const picture = after(...halfOfSlices)
  const nginx = rowOf(picture, 'nginx')!
  expect(nginx.slices).toMatchObject({ sent: 15 * 40, p50Ms: 0.46, cpuUs: 46, errors: 0, flagged: 0 })
  expect(nginx.slices?.p50).toMatchObject({ reference: 'direct', ratio: 1 })
  expect(rowOf(picture, 'direct')?.slices?.cpuUs).toBeNaN()
  expect(rowOf(picture, 'traefik')?.slices?.errors).toBe(6)
  expect(picture.start).toEqual({ number: 3, of: 4, block: 3, blocks: 6, elapsedMs: 28_500, budgetMs: 60_000 })
  expect(picture.notes.at(-1)).toBe('11 of 21 comparisons known; widest: p50 of nginx-2, ±6 %, wanted ±5 %.')
  expect(picture.round).toBeNull()
})

test('the duplicate has its original’s look, not filled; one that somebody asked for has its own', () => {
  expect(rowOf(after(...halfOfSlices), 'nginx-2')?.duplicateOf).toBe('nginx')
  const own = after({ ...slicesStarted, systems: ['nginx', 'nginx-2'] } as ExperimentEvent, ...halfOfSlices.slice(1))
  expect(rowOf(own, 'nginx-2')?.duplicateOf).toBeUndefined()
})

test('intervals are drawn as soon as there are any, and say for whom measuring goes on', () => {
  const before = after(...halfOfSlices)
  expect(liveIntervals(after(...halfOfSlices.filter(({ type }) => type !== 'start-finished')))).toBeUndefined()
  const { block, open } = liveIntervals(before)!
  expect(block.rows.map(({ ratio }) => ratio)).toEqual(block.rows.map(({ ratio }) => ratio).toSorted((a, b) => a - b))
  expect(open).toContain('nginx-2')
  expect(open).not.toContain('nginx')
})

test('a run in slices ends by saying why', () => {
  const picture = after(...halfOfSlices, ...restOfSlices)
  expect(picture.notes.at(-1)).toBe('Every interval is within ±5 % or shows a difference, after 3 starts.')
  expect(rowOf(picture, 'nginx')?.state).toBe('done')
  expect(picture.leftMs).toBeUndefined()
})
