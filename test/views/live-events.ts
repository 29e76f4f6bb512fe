/** A run as its events: proof with a failure, a system that does not start, one that cannot run, rounds with frames. */
import type { ExperimentEvent } from '../../src/experiment/events.ts'
import type { ProbeRecord } from '../../src/measurement/run-record.ts'
import { encodeHistogram, newHistogram, recordMs } from '../../src/traffic/measure/histogram.ts'
import type { Frame, Series } from '../../src/traffic/plan.ts'
import { probeOf } from '../comparison/record-parts.ts'
import { hostileText, sampleRound } from './sample-model.ts'

const scenario = 'caching'
const question = 'Does a cache at the edge spare the origin, and what does a hit cost against a miss?'

export const runStarted: ExperimentEvent = {
  type: 'run-started',
  run: '2026-11-24-0915-7f3a',
  runtime: 'processes',
  reason: 'no engine answers',
  seed: 7,
  scenarios: [{ id: scenario, question, measure: 'rounds', rounds: 2, precision: 0.05, expectedMs: 17_000 }],
  systems: ['nginx', 'nginx-lua', 'node-proxy', 'node-gateway'],
  expectedMs: 20_000,
}
export const scenarioStarted: ExperimentEvent = { type: 'scenario-started', scenario, question }

export function series(ms: number, count: number, more: Partial<Series> = {}): Series {
  const histogram = newHistogram()
  for (let n = 0; n < count; n += 1) recordMs(histogram, ms)
  const latency = encodeHistogram(histogram)
  const base = { phase: 'steady', mixIndex: 0, client: 'web', status: 200, cache: '', bodyBytes: 900 * count }
  return { ...base, count, latency, service: latency, ...more }
}

export function frame(atMs: number, all: readonly Series[], failures: Frame['failures'] = {}): Frame {
  const answered = all.reduce((sum, { count }) => sum + count, 0)
  const lateness = encodeHistogram(newHistogram())
  return {
    atMs,
    sent: answered,
    answered,
    inFlight: 0,
    series: all,
    slots: [],
    lateness,
    failures,
    faults: {},
    busyMs: 3,
    connected: 0,
  }
}

const proof = (label: string, probe: ProbeRecord): ExperimentEvent => ({
  type: 'probe-finished',
  scenario,
  label,
  probe,
})

export function called(label: string, probes: readonly ProbeRecord[] = []): readonly ExperimentEvent[] {
  return [
    { type: 'subject-starting', scenario, label },
    { type: 'subject-ready', scenario, label, version: label === 'direct' ? null : `${label}/1.0` },
    ...probes.map((probe) => proof(label, probe)),
  ]
}

export const roundStarted = (label: string, index: number): ExperimentEvent => ({
  type: 'round-started',
  scenario,
  label,
  index,
  of: 2,
})

export const frameOf = (label: string, index: number, each: Frame): ExperimentEvent => ({
  type: 'frame',
  scenario,
  label,
  index,
  frame: each,
  unexpected: each.series.flatMap(({ status, count }): [number, number][] => (status >= 500 ? [[status, count]] : [])),
})

export const roundFinished = (label: string, index: number): ExperimentEvent => ({
  type: 'round-finished',
  scenario,
  round: sampleRound(label, index),
  of: 2,
  unexpected: [],
})

/** Eight quarters of a second in which answers take `ms`, a little more in each; from `hits` on out of the cache. */
export function round(label: string, index: number, ms: number, cached = false): readonly ExperimentEvent[] {
  const frames = Array.from({ length: 8 }, (_, at) => {
    const slow = series(ms * (1 + at / 20), 20, { cache: cached ? 'MISS' : '' })
    return frame((at + 1) * 250, cached ? [series(0.2, 80, { cache: 'HIT' }), slow] : [slow])
  })
  return [roundStarted(label, index), ...frames.map((each) => frameOf(label, index, each)), roundFinished(label, index)]
}

/** Until the second round of nginx-lua is half measured. */
export const halfARun: readonly ExperimentEvent[] = [
  runStarted,
  scenarioStarted,
  ...called('direct'),
  ...called('nginx', [probeOf('routes', 'passed'), probeOf('cache', 'passed'), probeOf('transform', 'skipped')]),
  ...called('nginx-lua', [
    probeOf('routes', 'passed'),
    probeOf('cache', 'failed', {
      id: 'cache.0.expires',
      claim: 'an entry is asked for again after its time',
      expected: '2 requests at the origin',
      received: `1 request at the origin ${hostileText}`,
    }),
  ]),
  {
    type: 'subject-failed',
    scenario,
    label: 'node-proxy',
    reason: 'node-proxy did not answer: it ended with exit code 1',
    logTail: `Error: listen EADDRINUSE\n${hostileText}`,
  },
  {
    type: 'subject-unavailable',
    scenario,
    label: 'node-gateway',
    reason: 'its bundle is not built',
    remedy: 'npm run build',
  },
  ...round('direct', 0, 8.4),
  ...round('nginx', 0, 9, true),
  ...round('nginx-lua', 0, 9.4, true),
  ...round('nginx', 1, 9, true),
  ...round('nginx-lua', 1, 9.4, true).slice(0, 5),
]

export const restOfTheRun: readonly ExperimentEvent[] = [
  ...round('nginx-lua', 1, 9.4, true).slice(5),
  ...round('direct', 1, 8.4),
  { type: 'scenario-finished', scenario },
  { type: 'run-finished', run: '2026-11-24-0915-7f3a', partial: false },
]
