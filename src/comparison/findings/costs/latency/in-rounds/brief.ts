/** The same for a lesson: what the median answer took, one ratio with its interval in words, and nothing of the method. */
import type { ScenarioRecord, SystemRecord } from '../../../../../measurement/run-record.ts'
import { table } from '../../../../blocks.ts'
import type { Brief } from '../../../../finding.ts'
import { timeOf, timesOf } from '../tables.ts'
import type { Compared, Row } from './compared.ts'

export function briefOf(scenario: ScenarioRecord, compared: Compared): Brief {
  const { baseline, duplicate, withheld } = compared
  // The duplicate is there for the noise: it is no system of its own.
  const rows = compared.rows.filter(({ system }) => system !== duplicate?.twin)
  const median = (system: SystemRecord): string =>
    withheld.has(system) ? 'withheld' : timeOf(system, timesOf(scenario, system, 'accepted').p50)
  const others = rows.filter(({ system }) => system !== baseline)
  const silent = [...withheld].filter(([system]) => system !== duplicate?.twin)
  return {
    verdict: [
      ...silent.map(([{ label }, why]) => `Nothing is said of the times of ${label}: ${why}.`),
      ...others.flatMap((row) => sentenceOf(row, compared, median)),
    ],
    blocks: [
      table(
        'The median answer',
        ['system', '>took', '>times direct', 'how sure that is'],
        rows.map((row) => [
          row.system.label,
          median(row.system),
          row.system === baseline ? '1' : ratioIn(row),
          row.system === baseline ? '' : rangeIn(row, compared),
        ]),
        'Of accepted answers, measured from the moment their request was due. Slower answers, single rounds and how the range is found are in the whole finding.',
      ),
    ],
  }
}

function ratioIn({ interval }: Row): string {
  return interval ? interval.ratio.toFixed(2) : '–'
}

function rangeIn({ interval, judged }: Row, { duplicate }: Compared): string {
  if (judged?.difference === 'withheld') return 'withheld: rounds are in doubt'
  if (!interval) return 'not compared'
  const { low, high, kind } = interval
  const range = `${low.toFixed(2)} to ${high.toFixed(2)}`
  return kind === 'range' || !duplicate ? `rounds gave ${range}` : `most likely ${range}`
}

function sentenceOf(
  { system, interval, judged }: Row,
  { baseline, duplicate }: Compared,
  median: (system: SystemRecord) => string,
): readonly string[] {
  const { label } = system
  if (!judged || !baseline) return []
  if (judged.difference === 'withheld')
    return [`How much longer ${label} took than direct is not said: rounds are in doubt. The whole finding says which.`]
  if (!interval) return []
  const { ratio, low, high } = interval
  const took = `${label} took ${median(system)} for the median answer, direct ${median(baseline)}`
  const times = `${ratio.toFixed(2)} times as long`
  const range = `between ${low.toFixed(2)} and ${high.toFixed(2)} times`
  switch (judged.difference) {
    case 'higher':
    case 'lower':
      return [`${took}: ${times}, most likely ${range}.`]
    case 'none':
      return [`${took}: no difference that this run could tell from chance (most likely ${range}).`]
    case 'unsure':
      return [`${took}: ${times}, but that may be chance.`]
    case 'too few rounds':
    case 'unclaimed':
      return [`${took}: ${times} in this run (${range} in its rounds). ${whyNotClaimed(duplicate !== undefined)}`]
    default:
      return judged.difference satisfies never
  }
}

function whyNotClaimed(isFloored: boolean): string {
  return isFloored
    ? 'So few rounds do not show whether it would be so again.'
    : 'Nothing was measured twice here, so that the noise is not known.'
}
