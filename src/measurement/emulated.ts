/**
 * A managed system runs as a service of its vendor; EdgeLab meets an emulation of it. What the emulation does is worth
 * showing; how long it takes and what it costs is the emulator's own, so that none of it may become a figure.
 */
import { encodeHistogram, newHistogram } from '../traffic/measure/histogram.ts'
import type { Series } from '../traffic/plan.ts'
import type { RoundRecord, ScenarioRecord, SystemRecord } from './run-record.ts'

/** Why a figure of time, CPU or memory is withheld. */
export const emulatedWords = 'emulated: its time here says nothing about the service'

export function isEmulated({ kind }: Pick<SystemRecord, 'kind'>): boolean {
  return kind === 'managed'
}

/** The same answers without how long they took: histograms of nothing, of which every percentile is NaN. */
export function withoutTimes(series: readonly Series[]): readonly Series[] {
  const none = encodeHistogram(newHistogram())
  return series.map((each) => ({ ...each, latency: none, service: none }))
}

/** Whoever draws figures from it finds none of time, CPU and memory for its managed systems; the rest is as it was. */
export function withoutEmulatedTimes(scenario: ScenarioRecord): ScenarioRecord {
  const labels = new Set(scenario.subjects.filter(isEmulated).map(({ label }) => label))
  if (labels.size === 0) return scenario
  return { ...scenario, rounds: scenario.rounds.map((round) => (labels.has(round.label) ? timeless(round) : round)) }
}

function timeless(round: RoundRecord): RoundRecord {
  return {
    ...round,
    seconds: round.seconds.map(({ at, series }) => ({ at, series: withoutTimes(series) })),
    cpuNs: { ...round.cpuNs, system: null },
    memoryBytes: null,
  }
}
