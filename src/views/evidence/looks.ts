/**
 * One colour and one marker for each system of a run, in every chart of every view: given once, in the order of the record.
 * A chart that leaves a system out does not change how the others look.
 */
import type { ChartBlock } from '../../comparison/finding.ts'
import type { Cast } from '../../labs/run/cast.ts'
import type { RunRecord, SystemRecord } from '../../measurement/run-record.ts'

export interface Look {
  /** Place in the lists of colours and markers, from 0; the lists come round. */
  readonly slot: number
  /** A system once more (the noise floor): its original's colour, the marker not filled. */
  readonly hollow: boolean
}

/** By the label of a system. */
export type Looks = ReadonlyMap<string, Look>

export function looksOf({ scenarios }: Pick<RunRecord, 'scenarios'>): Looks {
  return looksFor(scenarios.flatMap(({ subjects }) => subjects))
}

/** In a lab the baseline comes first, then whoever plays a role. */
export function looksOfCast({ assignments }: Pick<Cast, 'assignments'>): Looks {
  return looksFor([{ label: 'direct' }, ...assignments])
}

/** In the order given; a label that comes again keeps its look. */
export function looksFor(systems: readonly Pick<SystemRecord, 'label' | 'duplicateOf'>[]): Looks {
  const looks = new Map<string, Look>()
  let next = 0
  for (const { label, duplicateOf } of systems) {
    if (duplicateOf === undefined && !looks.has(label)) looks.set(label, { slot: next++, hollow: false })
  }
  for (const { label, duplicateOf } of systems) {
    if (duplicateOf === undefined || looks.has(label)) continue
    looks.set(label, { slot: looks.get(duplicateOf)?.slot ?? next++, hollow: true })
  }
  return looks
}

/**
 * Of the series of one chart: systems look as everywhere; anything else takes what no system of this chart has, be it a
 * series or, as in bars, one of the `labels` along the axis.
 */
export function seriesLooks(
  names: readonly string[],
  looks: Looks = new Map(),
  labels: readonly string[] = [],
): readonly Look[] {
  const taken = new Set([...names, ...labels].flatMap((name) => looks.get(name)?.slot ?? []))
  let next = 0
  return names.map((name) => {
    const known = looks.get(name)
    if (known) return known
    while (taken.has(next)) next += 1
    taken.add(next)
    return { slot: next, hollow: false }
  })
}

/** Where the one series of a chart stands for another system in every place: how each place looks; else undefined. */
export function placeLooks({ series, x }: ChartBlock, looks: Looks = new Map()): readonly Look[] | undefined {
  const labels = x.labels ?? []
  const found = labels.flatMap((label) => looks.get(label) ?? [])
  return series.length === 1 && labels.length > 0 && found.length === labels.length ? found : undefined
}
