/** What `examine` found, as a table. */
import { cell, table } from '../../comparison/blocks.ts'
import type { TableBlock } from '../../comparison/finding.ts'
import { asTyped } from '../../errors/typed.ts'
import type { Check } from '../../runtime/doctor.ts'

const states = { ok: cell('ok', 'good'), missing: cell('missing', 'bad'), note: cell('note', 'muted') }

export function doctorTable(checks: readonly Check[]): TableBlock {
  const rows = checks.map(({ name, state, detail, remedy }) => [name, states[state], detail, asTyped(remedy)])
  return table('What runs here', ['what', '', 'found', 'what changes it'], rows)
}
