/** Synthetic records of slices, as a real machine makes them: it wanders, starts differ, and so do slices. */
import type { RoundRecord, ScenarioRecord, SystemRecord } from '../../src/measurement/run-record.ts'
import type { AnswerClass, SliceRecord, SlicesRecord } from '../../src/measurement/slices/slice-record.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { encodeHistogram, newHistogram, recordMs } from '../../src/traffic/measure/histogram.ts'
import { addUp } from '../../src/traffic/measure/merge.ts'
import { normals, originOf, scenarioOf, steadyPhase, subjectOf } from './record-parts.ts'

/** What one system is like. Of one that refuses, `refused` of its requests are answered in a tenth of the time. */
export interface Sliced {
  readonly ms: number
  /** Microseconds a request; null where nobody tells. */
  readonly cpuUs?: number | null
  readonly status?: number
  readonly subject?: Partial<SystemRecord>
  /** What its latency is multiplied by as the run goes on; `at` from 0 to 1. */
  readonly drift?: (at: number) => number
  readonly flags?: (start: number, block: number) => readonly string[]
}

export interface SlicedRun {
  readonly systems: Readonly<Record<string, Sliced>>
  readonly scenario?: Partial<Scenario>
  readonly starts?: number
  readonly blocks?: number
  readonly perSlice?: number
  readonly seed?: number
  readonly more?: Partial<SlicesRecord>
}

const steady: AnswerClass = { phase: 'steady', mixIndex: 0, client: 'web', status: 200, cache: '' }

export function slicedRecord(run: SlicedRun): ScenarioRecord {
  const { systems, starts = 6, blocks = 24, perSlice = 40, seed = 1, more = {} } = run
  const labels = Object.keys(systems)
  const statuses = [...new Set(Object.values(systems).map(({ status = 200 }) => status))]
  const classes = statuses.map((status) => ({ ...steady, status }))
  const [machine, luck, noise, request] = [1, 2, 3, 4].map((n) => normals(seed * 10 + n)) as [Draw, Draw, Draw, Draw]
  let weather = 0
  const slices = Array.from({ length: starts }, (_, start) => {
    const lucky = new Map(labels.map((label) => [label, [0.01 * luck(), 0.006 * luck()] as const]))
    return Array.from({ length: blocks }, (_, block) => {
      weather = 0.9 * weather + 0.08 * machine()
      return labels.flatMap((label, position): SliceRecord[] => {
        const { ms, cpuUs = null, status = 200, drift = () => 1, flags } = systems[label]!
        const [slow, dear] = lucky.get(label)!
        const at = ((start * blocks + block) * labels.length + position) / (starts * blocks * labels.length)
        const median = ms * drift(at) * Math.exp(weather + slow + 0.03 * noise())
        const latencyUs = Array.from({ length: perSlice }, () => 1000 * median * Math.exp(0.4 * request()))
          .map((us) => Math.round(us * 1000) / 1000)
          .sort((a, b) => a - b)
        const cost = cpuUs === null ? null : cpuUs * 1000 * perSlice * Math.exp(0.3 * weather + dear + 0.03 * noise())
        return [
          {
            label,
            start,
            block,
            position,
            atMs: Math.round(at * starts * blocks * labels.length * 110),
            durationMs: 100,
            sent: perSlice,
            connected: 0,
            answers: [{ class: statuses.indexOf(status), latencyUs }],
            failures: {},
            cpuNs: cost === null ? null : Math.round(cost),
            driverBusy: 0.2,
            lateP99Us: 40,
            flags: flags?.(start, block) ?? [],
          },
        ]
      })
    })
  }).flat(2)
  const recorded: SlicesRecord = {
    effort: 'default',
    sliceMs: 100,
    precision: 0.05,
    budgetMs: 60_000,
    looks: [3, 6, 8],
    stopped: 'Every interval is narrower than ±5 % or shows a difference.',
    classes,
    slices,
    ...more,
  }
  return {
    scenario: scenarioOf({ measure: 'slices', traffic: [{ ...steadyPhase, forMs: 100 }], ...run.scenario }),
    plannedRounds: starts,
    subjects: labels.map((label) => subjectOf(label, systems[label]?.subject)),
    rounds: addedUp(recorded),
    slices: recorded,
  }
}

type Draw = () => number

/** What the slices of each start of each system add up to, as the experiment does it. */
function addedUp({ classes, slices }: SlicesRecord): readonly RoundRecord[] {
  const groups = Map.groupBy(
    slices.filter(({ repeated }) => !repeated),
    ({ label, start }) => `${label} ${start}`,
  )
  return [...groups.values()].map((group): RoundRecord => {
    const [{ label, start, position }] = group as [SliceRecord]
    const sum = (of: (slice: SliceRecord) => number): number => group.reduce((total, each) => total + of(each), 0)
    const series = classes.flatMap((answerClass, index) => {
      const times = group.flatMap(({ answers }) =>
        answers.filter((each) => each.class === index).flatMap(({ latencyUs }) => latencyUs),
      )
      if (times.length === 0) return []
      const histogram = newHistogram()
      for (const us of times) recordMs(histogram, us / 1000)
      const latency = encodeHistogram(histogram)
      return [{ ...answerClass, count: times.length, bodyBytes: times.length * 900, latency, service: latency }]
    })
    const answered = series.reduce((total, { count }) => total + count, 0)
    const system = group.some(({ cpuNs }) => cpuNs === null) ? null : sum(({ cpuNs }) => cpuNs ?? 0)
    return {
      index: start,
      label,
      position,
      durationMs: sum(({ durationMs }) => durationMs),
      sent: sum(({ sent }) => sent),
      answered,
      connected: sum(({ connected }) => connected),
      seconds: [{ at: 0, series }],
      slots: [],
      lateness: encodeHistogram(newHistogram()),
      failures: addUp(group.map(({ failures }) => failures)),
      faults: {},
      driverBusy: 0.2,
      cpuNs: { system, origins: 30_000 * answered, driver: 1e8 },
      memoryBytes: system === null ? null : 12_000_000,
      origins: [originOf(answered)],
      flags: [],
      samples: [],
    }
  })
}

/** direct, two systems, and the first of them once more: what a usual run has. */
export const usual: Readonly<Record<string, Sliced>> = {
  direct: { ms: 0.22 },
  nginx: { ms: 0.4, cpuUs: 50 },
  'nginx-lua': { ms: 0.56, cpuUs: 62 },
  'nginx-2': { ms: 0.4, cpuUs: 50, subject: { duplicateOf: 'nginx' } },
}
