/** A run in a list, and what is said of it below. */
import { basename } from 'node:path'
import type { RunEntry } from '../../../../measurement/store/run-list.ts'
import type { Screen } from '../../../services.ts'
import { ageOf, scenariosOf, systemsOf } from '../../../words/run-words.ts'
import { column, fitted } from '../../widgets/theme.ts'

/** `2 minutes ago   caching, overhead   nginx, node-gateway`; a damaged one by its folder and why. */
export function runLine({ folder, record, problem }: RunEntry, now: Date, columns: number, screen: Screen): string {
  if (record === null)
    return fitted(`${column('damaged', 15, screen)}  ${basename(folder)}: ${problem}`, columns, screen)
  const room = columns - 17
  const scenarioColumns = Math.min(34, Math.ceil(room / 2))
  return [
    column(ageOf(record.startedAt, now), 15, screen),
    column(`${scenariosOf(record)}${record.partial ? ' (partial)' : ''}`, scenarioColumns, screen),
    fitted(systemsOf(record), room - scenarioColumns - 2, screen),
  ].join('  ')
}

export function runDetails({ folder, record, problem }: RunEntry): readonly string[] {
  if (record === null) return [`It cannot be read: ${problem}`, folder]
  const { startedAt, runtime, partial, command } = record
  const when = `${startedAt.slice(0, 16).replace('T', ' ')} UTC`
  const whole = partial ? ' · partial: stopped before every round was measured' : ''
  return [`${folder} · ${when} · ${runtime}${whole}`, command]
}

/** What a filter looks through. */
export function runWords({ folder, record, problem }: RunEntry): readonly string[] {
  if (record === null) return [folder, problem, 'damaged']
  return [
    folder,
    record.startedAt,
    scenariosOf(record),
    systemsOf(record),
    record.partial ? 'partial' : '',
    record.runtime,
  ]
}
