/** Reading a scenario's rounds: who was measured, what answers there were, what belongs together. */
import { ranAlready } from '../measurement/own-configuration.ts'
import { claimsFeature, type RoundRecord, type ScenarioRecord, type SystemRecord } from '../measurement/run-record.ts'
import type { MixEntry } from '../scenario/scenario.ts'
import { type Histogram, percentileUs, sumHistograms } from '../traffic/measure/histogram.ts'
import type { Series } from '../traffic/plan.ts'
import { median, type RatioInterval, ratioInterval } from './costs/rounds-statistics.ts'

export function roundsOf({ rounds }: ScenarioRecord, label: string): readonly RoundRecord[] {
  return rounds.filter((round) => round.label === label)
}

/** Systems with at least one round, in the order of the record. */
export function measuredSystems(scenario: ScenarioRecord): readonly SystemRecord[] {
  return scenario.subjects.filter(({ label }) => scenario.rounds.some((round) => round.label === label))
}

/** `direct` itself, where it was measured. */
export function baselineOf(scenario: ScenarioRecord): SystemRecord | undefined {
  return measuredSystems(scenario).find(({ kind }) => kind === 'baseline')
}

/** Systems that were measured, each once: what was started again under another label to see the noise is none of them. */
export function comparedSystems(scenario: ScenarioRecord): readonly SystemRecord[] {
  const twin = duplicateOf(scenario)?.twin
  return measuredSystems(scenario).filter((each) => each !== twin)
}

/** What was measured twice under equal terms, and as what the second time: nginx and nginx-2, or direct and direct-2. */
export function duplicateOf(
  scenario: ScenarioRecord,
): { readonly one: SystemRecord; readonly twin: SystemRecord } | undefined {
  const measured = measuredSystems(scenario)
  const twin = measured.find((each) => each.duplicateOf !== undefined)
  const one = twin && measured.find(({ label }) => label === twin.duplicateOf)
  return twin && one ? { one, twin } : undefined
}

/** Answers of measured phases; `keep` chooses among them. */
export function seriesOf(
  { scenario }: ScenarioRecord,
  rounds: readonly RoundRecord[],
  keep: (series: Series) => boolean = () => true,
): readonly Series[] {
  const measured = new Set(scenario.traffic.filter((phase) => phase.measured).map(({ phase }) => phase))
  return rounds.flatMap(({ seconds }) =>
    seconds.flatMap(({ series }) => series.filter((each) => measured.has(each.phase) && keep(each))),
  )
}

/** The line of the mix to which these were the answers; undefined where a record has no such line. */
export function entryOf(
  { scenario }: Pick<ScenarioRecord, 'scenario'>,
  { phase, mixIndex }: Pick<Series, 'phase' | 'mixIndex'>,
): MixEntry | undefined {
  return scenario.traffic.find((each) => each.phase === phase)?.mix[mixIndex]
}

export function countOf(series: readonly Series[]): number {
  return series.reduce((sum, { count }) => sum + count, 0)
}

export function latencyOf(series: readonly Series[]): Histogram {
  return sumHistograms(series.map(({ latency }) => latency))
}

export function serviceOf(series: readonly Series[]): Histogram {
  return sumHistograms(series.map(({ service }) => service))
}

/** A percentile in milliseconds. */
export function percentileMs(histogram: Histogram, percentile: number): number {
  return percentileUs(histogram, percentile) / 1000
}

/** A figure of each round of `label`, against the same round of `baseline`. */
export function pairedRatio(
  scenario: ScenarioRecord,
  label: string,
  baseline: string,
  figure: (round: RoundRecord) => number,
): RatioInterval {
  const others = new Map(roundsOf(scenario, baseline).map((round) => [round.index, round]))
  return ratioInterval(
    roundsOf(scenario, label).flatMap((round) => {
      const other = others.get(round.index)
      return other ? [[figure(round), figure(other)] as const] : []
    }),
  )
}

/** Median over rounds of a figure; NaN without rounds. */
export function medianOver(rounds: readonly RoundRecord[], figure: (round: RoundRecord) => number | null): number {
  return median(rounds.map(figure).filter((value): value is number => value !== null && Number.isFinite(value)))
}

/** Microseconds per answered request, warm-up included: the accounts are read at the round's borders. */
export function cpuPerRequest(of: 'system' | 'origins'): (round: RoundRecord) => number | null {
  return ({ cpuNs, answered }) => (cpuNs[of] === null || answered === 0 ? null : cpuNs[of] / 1000 / answered)
}

/** Seconds of the measured phases of one round. */
export function measuredSeconds({ scenario }: ScenarioRecord): number {
  return scenario.traffic.filter((phase) => phase.measured).reduce((sum, { forMs }) => sum + forMs, 0) / 1000
}

/** Why a system has no figures, or not those of every round, as a sentence; undefined where it has. */
export function absence(scenario: ScenarioRecord, subject: SystemRecord): string | undefined {
  const { label, state, reason, ended } = subject
  if (ended) {
    const before = ended.round === 0 ? 'it has no finished round' : 'only the rounds before it count'
    return `${label} ${reason}; ${before}.`
  }
  if (state === 'failed' && ranAlready(subject)) return `${label} was not measured: ${reason}.`
  if (state === 'failed') return `${label} did not start: ${reason}.`
  if (state === 'unavailable') return `${label} cannot run here: ${reason}.`
  return roundsOf(scenario, label).length === 0 ? `${label} has no finished round.` : undefined
}

/** True where a probe of the feature failed: what was measured of it would be the figures of something broken. */
export function disproved({ proof }: SystemRecord, feature: string): boolean {
  return proof.some((probe) => probe.feature === feature && probe.state === 'failed')
}

export function claims({ support }: SystemRecord, feature: string): boolean {
  return claimsFeature(support, feature)
}

/** What a system's rounds have of each span of time, pooled, in order. Warm-up included. */
export function bySecond(scenario: ScenarioRecord, label: string): readonly (readonly [at: number, Series[]])[] {
  const seconds = Map.groupBy(
    roundsOf(scenario, label).flatMap((round) => round.seconds),
    ({ at }) => at,
  )
  return [...seconds]
    .sort(([a], [b]) => a - b)
    .map(([at, group]) => [at, group.flatMap(({ series }) => [...series])] as const)
}

/** Seconds from the start of a span to that of the next; 1 where there is only one. */
export function spanOf({ rounds }: Pick<ScenarioRecord, 'rounds'>): number {
  const starts = [...new Set(rounds.flatMap(({ seconds }) => seconds.map(({ at }) => at)))].sort((a, b) => a - b)
  const apart = starts.slice(1).map((at, before) => at - starts[before]!)
  return apart.length === 0 ? 1 : Math.min(...apart)
}

/** `second by second`, `in spans of 5 s` */
export function spansInWords(scenario: Pick<ScenarioRecord, 'rounds'>): string {
  const span = spanOf(scenario)
  return span === 1 ? 'second by second' : `in spans of ${span} s`
}
