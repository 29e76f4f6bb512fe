/** The gate’s table: how each task judged what its author gave, for each cast. */
import { cell, table } from '../../../../comparison/blocks.ts'
import type { Cell } from '../../../../comparison/finding.ts'
import type { Rehearsal } from '../../../../labs/gate/rehearse.ts'
import type { Attempt, Tally } from '../../../../labs/gate/task/tally.ts'
import type { TextOptions } from '../../style.ts'
import { tableLines } from '../../table.ts'

export interface TallyRow {
  readonly rehearsal: Rehearsal
  readonly tally: Tally
}

export function tallyLines(rows: readonly TallyRow[], options: TextOptions): string[] {
  const shown = rows.map((row, at): readonly Cell[] => {
    const { rehearsal, tally } = row
    const task = nameOf(row)
    const before = rows[at - 1]
    return [
      // A task that several casts play is written in its first row only.
      cell(before && nameOf(before) === task ? '' : task),
      cell(rehearsal.cast.runtime),
      cell(playersOf(row)),
      attemptsCell(tally.solution, 'judged rightly'),
      attemptsCell(tally.also),
      attemptsCell(tally.wrong),
    ]
  })
  const columns = ['Task', 'Runtime', 'Played by', 'Solution', 'Alternatives', 'Wrong ones']
  return tableLines(table('', columns, shown, ''), options)
}

function nameOf({ rehearsal, tally }: TallyRow): string {
  return `${rehearsal.lab.number} ${tally.task}`
}

/** Of the roles of the task. */
function playersOf({ rehearsal: { lab, cast }, tally }: TallyRow): string {
  const step = lab.steps.find(({ id }) => id === tally.task)
  const roles = step?.type === 'task' ? step.roles : []
  const players = cast.assignments.filter(({ role }) => roles.includes(role)).map(({ label }) => label)
  return players.join(', ')
}

/** `3 judged rightly, 1 not for this cast`; of those that were not, which. */
function attemptsCell(attempts: readonly Attempt[], allWell?: string): Cell {
  if (attempts.length === 0) return cell('–', 'muted')
  const of = (judged: Attempt['judged']): readonly Attempt[] => attempts.filter((each) => each.judged === judged)
  const wrongly = [...new Set(of('wrongly').map(({ files }) => files))]
  if (wrongly.length > 0) return cell(`misjudged: ${wrongly.join(', ')}`, 'bad')
  const [rightly, skipped] = [of('rightly').length, of('skipped').length]
  if (rightly === 0) return cell(`${skipped} not for this cast`, 'muted')
  const rest = skipped === 0 ? '' : `, ${skipped} not for this cast`
  return cell((allWell ?? `${rightly} judged rightly`) + rest, 'good')
}
