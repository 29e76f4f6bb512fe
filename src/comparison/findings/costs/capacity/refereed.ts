/** What a second load generator says of the same points, beside what the driver says. */
import type { RefereeCheck, RefereeRecord } from '../../../../measurement/capacity/capacity-record.ts'
import { median } from '../../../../measurement/capacity/curve.ts'
import { formatMs, formatNumber } from '../../../../units.ts'
import { list, note, plural, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'

/** Two generators that send one after the other lie so far apart without a reason of their own: fixed before any run. */
const within = 0.1
/** So many pairs that all of them lie on one side by luck once in four times at most; beyond `within`, far more rarely. */
const enoughPairs = 3

/** Both figures for every system, and in words where they disagree. */
/** `order`: the labels, as everywhere else. */
export function refereedBlocks(referee: RefereeRecord | undefined, order: readonly string[]): readonly Block[] {
  if (!referee) return []
  const { tool, holds, seen, checks } = referee
  if (!holds) return [note(`${tool} was to referee and was left out: its self-test failed. ${seen}`, 'warning')]
  const byLabel = Map.groupBy(checks, ({ label }) => label)
  const systems = order.flatMap((label) => (byLabel.has(label) ? [[label, byLabel.get(label)!] as const] : []))
  if (systems.length === 0) return []
  return [
    table(
      `Refereed by ${tool}`,
      [
        'system',
        '>connections',
        '>driver, requests/s',
        '>referee, requests/s',
        '>driver p50',
        '>referee p50',
        '>errors',
      ],
      systems.map(([label, own]) => [
        label,
        String(own[0]!.connections),
        formatNumber(median(own.map(({ driver }) => driver.perSecond))),
        formatNumber(median(own.map((each) => each.referee.perSecond))),
        formatMs(median(own.map(({ driver }) => (driver.p50Us ?? Number.NaN) / 1000))),
        formatMs(median(own.map((each) => (each.referee.p50Us ?? Number.NaN) / 1000))),
        formatNumber(own.reduce((sum, each) => sum + each.driver.errors + each.referee.errors, 0)),
      ]),
      `The same at the knee, on the same core, one right after the other, ${plural(systems[0]![1].length, 'pair')} of steps each; medians. ${seen}`,
    ),
    note(inWords(systems).join(' ')),
  ]
}

function inWords(systems: readonly (readonly [label: string, checks: readonly RefereeCheck[]])[]): readonly string[] {
  const few = systems.filter(([, checks]) => checks.length < enoughPairs).map(([label]) => label)
  const judged = systems.filter(([, checks]) => checks.length >= enoughPairs)
  const apart = (beyond: (ratio: number) => boolean): readonly string[] =>
    judged
      .filter(([, checks]) => checks.every(({ driver, referee }) => beyond(referee.perSecond / driver.perSecond)))
      .map(([label]) => label)
  const fewer = apart((ratio) => ratio < 1 - within)
  const more = apart((ratio) => ratio > 1 + within)
  const agreed = judged.map(([label]) => label).filter((label) => !fewer.includes(label) && !more.includes(label))
  const seen = (labels: readonly string[], says: string): readonly string[] =>
    labels.length === 0
      ? []
      : [`Through ${list(labels)} the referee ${says}: driver and referee disagree beyond noise.`]
  return [
    ...(few.length > 0 ? [`Too few pairs to say whether driver and referee disagree about ${list(few)}.`] : []),
    ...(agreed.length > 0 ? [`Driver and referee do not disagree beyond noise about ${list(agreed)}.`] : []),
    ...seen(fewer, 'carried fewer requests in every pair, as it needs more of the core from which both send'),
    ...seen(more, 'carried more requests in every pair'),
  ]
}
