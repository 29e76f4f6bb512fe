/** Who waited while the origin was slow: a cache that gives an expired answer meanwhile lets one wait, another lets all. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { type Asking, type Spelled, spelled } from '../../../../scenario/requests/spells.ts'
import type { OriginRoute } from '../../../../scenario/scenario.ts'
import { mergeHistograms, valuesUs } from '../../../../traffic/measure/histogram.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { cell, type Said, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { bySecond } from '../../../rounds.ts'

export type Slowing = Spelled<NonNullable<OriginRoute['slowing']>>

/** Undefined where nothing is slow at a time, or everybody also asks for what is not. */
export function slowingOf(scenario: Asking): Slowing | undefined {
  return spelled(scenario, ({ slowing }) => slowing)
}

export interface Waited {
  readonly label: string
  /** Answers with 200 in the whole seconds of the spell; 0 where their times are withheld. */
  readonly answered: number
  /** Those that took longer than half of what the origin took longer. */
  readonly waited: number
}

export function waitedWhile(record: ScenarioRecord, { label }: SystemRecord, { spell, clients }: Slowing): Waited {
  const answers = bySecond(record, label)
    .filter(([at]) => at * 1000 >= spell.fromMs && (at + 1) * 1000 <= spell.fromMs + spell.forMs)
    .flatMap(([, series]) => series.filter(({ client, status }) => clients.includes(client) && status === 200))
  const us = answers.length === 0 ? [] : valuesUs(mergeHistograms(answers.map(({ latency }) => latency)))
  return { label, answered: us.length, waited: us.filter((each) => each > waitUs(spell)).length }
}

function waitUs({ byMs }: Slowing['spell']): number {
  return (byMs / 2) * 1000
}

export function slowingSaid({ spell }: Slowing, each: readonly Waited[]): readonly Said[] {
  return each
    .filter(({ answered }) => answered > 0)
    .map(({ label, answered, waited }) => ({
      label,
      says: `let ${formatShare(waited / answered)} of the requests wait while the origin took ${formatMs(spell.byMs)} longer.`,
    }))
}

export function slowingTable({ spell }: Slowing, each: readonly Waited[]): Block {
  return table(
    'While the origin was slow',
    ['system', '>answered', '>waited', '>share'],
    each.map(({ label, answered, waited }) => [
      label,
      formatNumber(answered),
      formatNumber(waited),
      answered > 0 ? formatShare(waited / answered) : cell('times withheld', 'muted'),
    ]),
    `From ${formatMs(spell.fromMs)} on for ${formatMs(spell.forMs)} the origin took ${formatMs(spell.byMs)} longer. Waited: longer than half of that. Of all rounds, in whole seconds.`,
  )
}
