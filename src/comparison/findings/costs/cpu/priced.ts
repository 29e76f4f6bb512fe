/** What a request cost each system: one row for each that was measured. */
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatBytes, formatNumber, formatShare } from '../../../../units.ts'
import { answersOf, refusedShare, whyWithheld } from '../../../answers.ts'
import { list, note } from '../../../blocks.ts'
import type { NoteBlock } from '../../../finding.ts'
import { cpuPerRequest, measuredSystems, medianOver, roundsOf } from '../../../rounds.ts'

export interface Priced {
  readonly system: SystemRecord
  readonly label: string
  /** Microseconds, median of rounds or starts; NaN where nobody tells, or it is emulated. */
  readonly us: number
  readonly low: number
  readonly high: number
  readonly origins: number
  readonly memory: number
  /** Share of its answers that were expected refusals, 0–1. */
  readonly refused: number
  readonly withheld: boolean
}

export function pricedOf(scenario: ScenarioRecord): readonly Priced[] {
  return measuredSystems(scenario).map((system) => {
    const { label } = system
    const rounds = roundsOf(scenario, label)
    const each = rounds.map(cpuPerRequest('system')).filter((us) => us !== null)
    return {
      system,
      label,
      us: medianOver(rounds, cpuPerRequest('system')),
      low: Math.min(...each),
      high: Math.max(...each),
      origins: medianOver(rounds, cpuPerRequest('origins')),
      memory: medianOver(rounds, ({ memoryBytes }) => memoryBytes),
      refused: refusedShare(scenario, system),
      withheld: whyWithheld(answersOf(scenario, system)) !== undefined,
    }
  })
}

/** How far the shares of refusals may lie apart where two systems are said to have done the same work. */
const sameWork = 0.02

export function refusedAlike(one: Priced, other: Priced): boolean {
  return Math.abs(one.refused - other.refused) <= sameWork
}

/** Cells of a row, by what they say. */
export function cellsOf(row: Priced) {
  const emulated = isEmulated(row.system)
  return {
    cpu: emulated ? 'emulated' : us(row.us),
    refused: Number.isFinite(row.refused) ? formatShare(row.refused) : '–',
    range: Number.isFinite(row.us) ? `${formatNumber(row.low)} – ${formatNumber(row.high)} µs` : '–',
    origins: emulated ? '–' : us(row.origins),
    memory: Number.isFinite(row.memory) ? formatBytes(Math.round(row.memory)) : '–',
  }
}

export function us(value: number): string {
  return Number.isFinite(value) ? `${formatNumber(value)} µs` : '–'
}

/** `nginx`, `nginx (76 % of its answers were refusals)` */
export function named({ label, refused }: Priced): string {
  return refused > 0 ? `${label} (${formatShare(refused)} of its answers were refusals)` : label
}

/** Who has no figure although it is not emulated. */
export function withoutFigure(rows: readonly Priced[]): readonly NoteBlock[] {
  const labels = rows.filter(({ us, system }) => !isEmulated(system) && !Number.isFinite(us)).map(({ label }) => label)
  return labels.length > 0 ? [note(`Without a figure of their own: ${list(labels)}.`)] : []
}

export const comparedWithin = 'Compare within this run: the same work costs more on a slower or colder machine.'
export const refusedCaption =
  ' Refused: share of the answers in the measured phases that were expected refusals; one costs little, so compare systems that refuse alike.'
export const nobodyAnswered = 'No system answered as the scenario expects: what its requests cost says nothing.'
