/** Figures of one system that a start or a round gives by itself: between two runs, these are the replicates. */
import { isEmulated } from '../../measurement/emulated.ts'
import type { RoundRecord, ScenarioRecord, SystemRecord } from '../../measurement/run-record.ts'
import { acceptedByBoth, answersOf, ofKind, whyWithheld } from '../answers.ts'
import { baselineOf, countOf, cpuPerRequest, latencyOf, percentileMs, roundsOf, seriesOf } from '../rounds.ts'

export const comparedMetrics = ['p50', 'p90', 'p99', 'cpu'] as const
export type ComparedMetric = (typeof comparedMetrics)[number]

export interface Figures {
  /** Over the whole run: milliseconds, or microseconds of CPU per request. */
  readonly value: number
  /** Natural logarithms, one for each start or round: of the ratio to direct, or of the figure where there is none. */
  readonly logs: readonly number[]
  /** Answers that it rests on. */
  readonly count: number
  readonly relative: boolean
}

/** undefined where the run has no such figure of the system, or none that may be believed. */
export function figuresOf(scenario: ScenarioRecord, system: SystemRecord, metric: ComparedMetric): Figures | undefined {
  if (isEmulated(system) || whyWithheld(answersOf(scenario, system)) !== undefined) return undefined
  return metric === 'cpu' ? ofCpu(scenario, system) : ofLatency(scenario, system, Number(metric.slice(1)))
}

function ofCpu(scenario: ScenarioRecord, system: SystemRecord): Figures | undefined {
  const rounds = roundsOf(scenario, system.label)
  const each = rounds.map(cpuPerRequest('system')).filter((us) => us !== null)
  if (each.length === 0) return undefined
  const answered = rounds.reduce((sum, round) => sum + round.answered, 0)
  const spent = rounds.reduce((sum, { cpuNs }) => sum + (cpuNs.system ?? 0), 0)
  return { value: spent / 1000 / answered, logs: each.map(Math.log), count: answered, relative: false }
}

function ofLatency(scenario: ScenarioRecord, system: SystemRecord, percentile: number): Figures | undefined {
  const baseline = baselineOf(scenario)
  const against = baseline && baseline.label !== system.label ? baseline : undefined
  const keep = against ? acceptedByBoth(scenario, system, against) : ofKind('accepted', scenario, system)
  const ms = (rounds: readonly RoundRecord[]): number =>
    percentileMs(latencyOf(seriesOf(scenario, rounds, keep)), percentile)
  const rounds = roundsOf(scenario, system.label)
  const others = new Map((against ? roundsOf(scenario, against.label) : []).map((round) => [round.index, round]))
  const logs = rounds.flatMap((round) => {
    const other = others.get(round.index)
    if (against && !other) return []
    const log = Math.log(ms([round]) / (other ? ms([other]) : 1))
    return Number.isFinite(log) ? [log] : []
  })
  const value = ms(rounds)
  if (!Number.isFinite(value)) return undefined
  return { value, logs, count: countOf(seriesOf(scenario, rounds, keep)), relative: against !== undefined }
}
