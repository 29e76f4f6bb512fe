/** What clients got while the origin failed, by the time at which their requests were due. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { type Asking, type Spelled, spelled } from '../../../../scenario/requests/spells.ts'
import type { Spell } from '../../../../scenario/scenario.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { cell, type Said, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { countOf, roundsOf, seriesOf } from '../../../rounds.ts'

export type Failing = Spelled<Spell>

/** Undefined where nothing fails at a time, or everybody also asks for what does not. */
export function failingOf(scenario: Asking): Failing | undefined {
  return spelled(scenario, ({ failing }) => failing)
}

export interface Served {
  readonly label: string
  /** Requests that were due while the origin failed. */
  readonly due: number
  readonly answered: number
  /** Answers that say they are stale, of the whole round. */
  readonly stale: number
  /** Start of the first tenth of a second in which one of them failed, from the beginning of the failure; NaN: none did. */
  readonly heldMs: number
}

export function servedWhile(record: ScenarioRecord, { label }: SystemRecord, { spell, clients }: Failing): Served {
  const rounds = roundsOf(record, label)
  const slots = rounds
    .flatMap((round) => round.slots)
    .filter(({ atMs, client }) => clients.includes(client) && atMs >= spell.fromMs && atMs < spell.fromMs + spell.forMs)
  const sum = (some: typeof slots): number => some.reduce((total, { count }) => total + count, 0)
  const failed = slots.filter(({ status }) => status !== 200)
  return {
    label,
    due: sum(slots),
    answered: sum(slots) - sum(failed),
    stale: countOf(seriesOf(record, rounds, ({ cache, status }) => status === 200 && staleWords.includes(cache))),
    heldMs: failed.length === 0 ? Number.NaN : Math.min(...failed.map(({ atMs }) => atMs)) - spell.fromMs,
  }
}

const staleWords: readonly string[] = ['STALE', 'UPDATING']

export function failingSaid({ spell }: Failing, served: readonly Served[]): readonly Said[] {
  return served.map(({ label, due, answered, heldMs }) => {
    const share = formatShare(answered / due)
    const held = Number.isFinite(heldMs)
      ? `; the first error came ${heldMs > 0 ? `after ${formatMs(heldMs)}` : 'at once'}`
      : ', and nobody saw an error'
    return {
      label,
      says: `answered ${share} of the requests in the ${formatMs(spell.forMs)} in which the origin failed${held}.`,
    }
  })
}

export function failingTable({ spell }: Failing, served: readonly Served[]): Block {
  return table(
    'While the origin failed',
    ['system', '>due', '>answered', '>share', '>first error after', '>said to be stale'],
    served.map(({ label, due, answered, stale, heldMs }) => [
      label,
      formatNumber(due),
      formatNumber(answered),
      cell(formatShare(answered / due)),
      Number.isFinite(heldMs) ? (heldMs > 0 ? formatMs(heldMs) : 'at once') : 'none',
      formatNumber(stale),
    ]),
    `From ${formatMs(spell.fromMs)} on for ${formatMs(spell.forMs)} the origin answered 503 to everybody. By when requests were due, in tenths of a second, over all rounds.`,
  )
}
