/** What a transform takes as the body grows, where a scenario's phases ask for bodies of several sizes. */
import { headerOf } from '../../../../http/headers.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatBytes, formatMs } from '../../../../units.ts'
import { ofKind } from '../../../answers.ts'
import { table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { baselineOf, claims, countOf, latencyOf, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'

/** A size of body, and what it took one system, milliseconds at the median; NaN where nothing was accepted. */
interface Step {
  readonly phase: string
  /** Of the origin's own document. */
  readonly bytes: number
  readonly asItIs: number
  readonly transformed: number
}

export interface BySize {
  readonly label: string
  readonly steps: readonly Step[]
}

/** By how much the largest body exceeds the smallest at least, where size is what a scenario is about. */
const worthwhile = 16

/** Smallest first; empty where the phases do not differ in size, or no system transforms. */
export function bySize(scenario: ScenarioRecord, systems: readonly SystemRecord[]): readonly BySize[] {
  const baseline = baselineOf(scenario)
  const transforming = systems.filter((system) => claims(system, 'transform'))
  if (!baseline) return []
  const phases = scenario.scenario.traffic.filter(({ measured }) => measured).map(({ phase }) => phase)
  const sizes = phases
    .map((phase) => ({ phase, bytes: meanBytes(scenario, baseline, phase) }))
    .filter(({ bytes }) => Number.isFinite(bytes))
    .sort((a, b) => a.bytes - b.bytes)
  const [least, most] = [sizes[0], sizes.at(-1)]
  if (sizes.length < 3 || !least || !most || most.bytes < worthwhile * least.bytes) return []
  const timed = transforming.map((system) => ({
    label: system.label,
    steps: sizes.map(({ phase, bytes }) => ({
      phase,
      bytes,
      asItIs: medianMs(scenario, system, phase, false),
      transformed: medianMs(scenario, system, phase, true),
    })),
  }))
  return timed.filter(({ steps }) => steps.some(({ transformed }) => Number.isFinite(transformed)))
}

/** The largest body: the sizes below it are in the chart. */
export function sizeSentences(all: readonly BySize[]): readonly string[] {
  const known = all
    .map(({ label, steps }) => ({ label, last: steps.at(-1)! }))
    .filter(({ last }) => Number.isFinite(last.transformed) && Number.isFinite(last.asItIs))
    .sort((a, b) => a.last.transformed - b.last.transformed)
  const [quickest, slowest] = [known[0], known.at(-1)]
  if (!quickest || !slowest) return []
  const said = ({ label, last }: (typeof known)[number]): string =>
    `${formatMs(last.transformed)} through ${label} (${formatMs(last.asItIs)} as it is)`
  const size = formatBytes(Math.round(quickest.last.bytes))
  if (quickest === slowest) return [`A body of ${size} took ${said(quickest)} at the median.`]
  return [`Transformed, a body of ${size} took from ${said(quickest)} to ${said(slowest)} at the median.`]
}

export function sizeBlocks(all: readonly BySize[]): readonly Block[] {
  if (all.length === 0) return []
  const ends = all.map(({ label, steps }) => `${label} ${formatMs(steps.at(-1)!.transformed)}`)
  return [
    {
      kind: 'chart',
      shape: 'line',
      title: 'Time of a transformed answer, by size of the body',
      x: { title: 'the origin’s document, KB', scale: 'log' },
      y: { title: 'p50, ms', scale: 'log' },
      series: all.map(({ label, steps }) => ({
        name: label,
        points: steps.map(
          ({ bytes, transformed }) => [bytes / 1024, Number.isFinite(transformed) ? transformed : null] as const,
        ),
      })),
      summary: `The largest body took: ${ends.join(', ')}.`,
    },
    table(
      'Time by size',
      ['system', '>body', '>as it is, p50', '>transformed, p50'],
      all.flatMap(({ label, steps }) =>
        steps.map(({ bytes, asItIs, transformed }) => [
          label,
          formatBytes(Math.round(bytes)),
          formatMs(asItIs),
          formatMs(transformed),
        ]),
      ),
      'The body is the origin’s own document, as direct sends it. As it is: the same path, asked for by clients whose answer is not transformed.',
    ),
  ]
}

function meanBytes(scenario: ScenarioRecord, system: SystemRecord, phase: string): number {
  const accepted = ofKind('accepted', scenario, system)
  const series = seriesOf(scenario, roundsOf(scenario, system.label), (each) => each.phase === phase && accepted(each))
  return series.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0) / countOf(series)
}

function medianMs(scenario: ScenarioRecord, system: SystemRecord, phase: string, transformed: boolean): number {
  const accepted = ofKind('accepted', scenario, system)
  const forms = new Set(
    scenario.scenario.policy.transform.flatMap(({ representations }) => representations.map(({ accept }) => accept)),
  )
  const isTransformed = (client: string): boolean =>
    forms.has(headerOf(scenario.scenario.clients[client]?.headers ?? [], 'accept') ?? '')
  const series = seriesOf(
    scenario,
    roundsOf(scenario, system.label),
    (each) => each.phase === phase && isTransformed(each.client) === transformed && accepted(each),
  )
  return percentileMs(latencyOf(series), 50)
}
