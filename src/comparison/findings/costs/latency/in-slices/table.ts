/** Times of accepted answers, pooled over slices, with the ratios to direct. */
import { isEmulated } from '../../../../../measurement/emulated.ts'
import type { SystemRecord } from '../../../../../measurement/run-record.ts'
import { acceptedByBoth } from '../../../../../measurement/slices/family.ts'
import { pooledQuantile, requestsNeeded } from '../../../../../measurement/slices/pooled.ts'
import { formatMs, formatNumber } from '../../../../../units.ts'
import { answersOf } from '../../../../answers.ts'
import { list, table } from '../../../../blocks.ts'
import { levelInWords, pInWords, ratioInWords, spanInWords } from '../../../../costs/interval-words.ts'
import type { Compared } from '../../../../costs/judged.ts'
import type { SlicedScenario } from '../../../../costs/sliced.ts'
import { isDoubtful } from '../../../../doubt.ts'
import type { TableBlock } from '../../../../finding.ts'
import { measuredSystems } from '../../../../rounds.ts'

export const quantiles = [
  { p: 0.5, name: 'p50' },
  { p: 0.9, name: 'p90' },
  { p: 0.99, name: 'p99' },
  { p: 0.999, name: 'p99.9' },
] as const

/** Milliseconds by quantile; NaN where too few requests were accepted, or its times are not its own. */
export function timesOf(scenario: SlicedScenario, system: SystemRecord): Readonly<Record<string, number>> {
  const accepted = acceptedByBoth(scenario, system, system)
  const all = quantiles.map(({ p, name }) => {
    const { us } = pooledQuantile(scenario.slices, system.label, accepted, p)
    return [name, us === undefined || isEmulated(system) ? Number.NaN : us / 1000] as const
  })
  return Object.fromEntries(all)
}

export function acceptedTable(
  scenario: SlicedScenario,
  { reference, judged, duplicate }: Compared,
  silent: ReadonlyMap<SystemRecord, string>,
): TableBlock {
  const systems = measuredSystems(scenario)
  const times = new Map(systems.map((system) => [system, timesOf(scenario, system)]))
  const shown = quantiles.filter(
    ({ name }) => name !== 'p99.9' || [...times.values()].some((each) => Number.isFinite(each[name])),
  )
  const missing = shown.filter(({ name }) =>
    systems.some((each) => !isEmulated(each) && !Number.isFinite(times.get(each)?.[name])),
  )
  const all = systems.every((system) => {
    const { answered, accepted } = answersOf(scenario, system)
    return answered === accepted
  })
  const level = judged[0]?.interval
  return table(
    all ? 'Latency by system' : 'Latency of accepted answers, by system',
    [
      'system',
      all ? '>requests' : '>accepted',
      ...shown.map(({ name }) => `>${name}`),
      `>× ${reference?.label ?? 'direct'}`,
      `${level ? levelInWords(level) : '95 %'} interval`,
      'p (Holm)',
    ],
    systems.map((system) => {
      const { label } = system
      const own = judged.find(({ comparison }) => comparison.label === label)
      const twin = duplicate?.comparison.label === label ? duplicate : undefined
      const mute = reference !== undefined && system !== reference && (silent.has(system) || silent.has(reference))
      const withheld =
        mute || (own !== undefined && reference !== undefined && isDoubtful(scenario, label, reference.label))
      const interval = withheld ? undefined : own?.interval
      return [
        label,
        formatNumber(answersOf(scenario, system).accepted),
        ...shown.map(({ name }) => (isEmulated(system) ? 'emulated' : formatMs(times.get(system)![name]!))),
        withheld
          ? 'withheld'
          : interval
            ? ratioInWords(interval.ratio)
            : twin
              ? `noise ${ratioInWords(twin.interval.ratio)}`
              : '–',
        interval ? spanInWords(interval) : twin && !withheld ? spanInWords(twin.interval) : '–',
        interval && own && own.claim !== 'noise' ? pInWords(own.adjustedP) : '–',
      ]
    }),
    [
      'Open loop: requests leave on schedule, whatever the answers do. Latency is measured from the scheduled moment, of accepted answers, all slices pooled.',
      'Ratios compare slices of the same block; how sure they are comes from how fresh starts differ, and p counts all comparisons of latency and CPU.',
      ...(missing.length > 0 ? [tooFewRequests(missing)] : []),
    ].join(' '),
  )
}

/** `–: too few requests; p99 takes 10 000.` */
function tooFewRequests(missing: readonly { readonly p: number; readonly name: string }[]): string {
  const takes = missing.map(({ p, name }) => `${name} takes ${formatNumber(requestsNeeded(p))}`)
  return `Where a quantile is missing, too few requests were accepted; ${list(takes)}.`
}
