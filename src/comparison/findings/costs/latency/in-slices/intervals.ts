/** Ratios to direct with their intervals: the median, and the tail where enough requests were accepted. */
import type { SystemRecord } from '../../../../../measurement/run-record.ts'
import { acceptedByBoth } from '../../../../../measurement/slices/family.ts'
import { pooledRatio } from '../../../../../measurement/slices/pooled.ts'
import { list } from '../../../../blocks.ts'
import { ratioInWords } from '../../../../costs/interval-words.ts'
import { intervalsBlock, noiseCaption, noiseRow, rowsOf, whiskerCaption } from '../../../../costs/intervals-block.ts'
import type { Compared } from '../../../../costs/judged.ts'
import { type SlicedScenario, startsOf } from '../../../../costs/sliced.ts'
import type { IntervalsBlock } from '../../../../finding.ts'
import { quantiles } from './table.ts'

export function medianIntervals(
  scenario: SlicedScenario,
  compared: Compared,
  silent: ReadonlyMap<SystemRecord, string>,
): readonly IntervalsBlock[] {
  const { reference } = compared
  if (!reference || silent.has(reference)) return []
  return intervalsBlock(
    compared,
    {
      title: `Median latency, as a multiple of ${reference.label}`,
      quantity: 'p50 latency',
      higher: `Slower than ${reference.label}`,
      lower: `Faster than ${reference.label}`,
      caption: whiskerCaption(compared, startsOf(scenario)),
    },
    new Set([...silent.keys()].map(({ label }) => label)),
  )
}

/** Shown and not judged: the more quantiles are compared, the likelier one of them differs by chance. */
export function tailIntervals(
  scenario: SlicedScenario,
  { reference, judged, duplicate }: Compared,
  silent: ReadonlyMap<SystemRecord, string>,
): readonly IntervalsBlock[] {
  if (!reference || silent.has(reference)) return []
  const tails = quantiles.filter(({ p }) => p > 0.5)
  const pairs = [...judged, ...(duplicate ? [duplicate] : [])].flatMap(({ comparison }) => {
    const [one, other] = [comparison.label, comparison.reference].map((label) =>
      scenario.subjects.find((each) => each.label === label),
    )
    if (!one || !other || silent.has(one)) return []
    const label = comparison.isDuplicate ? noiseRow : one.label
    return [{ label, labels: [one.label, other.label] as const, accepted: acceptedByBoth(scenario, one, other) }]
  })
  return tails.flatMap(({ p, name }): readonly IntervalsBlock[] => {
    const rows = rowsOf(
      pairs.flatMap(({ label, labels, accepted }) => {
        const interval = pooledRatio(scenario.slices, labels, accepted, p)
        return interval ? [{ label, interval, claim: 'noise' }] : []
      }),
    )
    if (rows.length === 0) return []
    return [
      {
        kind: 'intervals',
        title: `${name}, as a multiple of ${reference.label}`,
        reference: reference.label,
        quantity: `${name} latency`,
        rows,
        floor: 0,
        caption: `All slices pooled; 95 % intervals by leaving out one fresh start after the other. Claims are made of medians only.${duplicate ? ` ${noiseCaption(duplicate)}` : ''}`,
        summary: `${name}: ${list(rows.map((row) => `${row.name} ${ratioInWords(row.ratio)}`))}.`,
      },
    ]
  })
}
