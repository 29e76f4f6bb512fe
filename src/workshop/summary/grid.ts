/** Steps of a lab × people. */
import type { Lab } from '../../labs/file/lab.ts'
import { reportOf } from './answers.ts'
import type { Person } from './people.ts'

/** `here`: at this step now and not done with it; `begun`: was there and went elsewhere. */
export type CellState = 'ahead' | 'begun' | 'here' | 'stuck' | 'done' | 'skipped'

export interface GridRow {
  readonly person: Person
  /** One for each step of the lab. */
  readonly cells: readonly CellState[]
  /** Checks of the task they are at in this lab; null elsewhere. */
  readonly checks: { readonly right: number; readonly of: number } | null
}

export function gridOf(people: readonly Person[], lab: Lab): readonly GridRow[] {
  return people.map((person) => {
    const isInLab = person.at?.lab === lab
    const report = isInLab ? reportOf(person.participant, lab.id, person.at!.step.id) : undefined
    return { person, cells: lab.steps.map(({ id }) => cellOf(person, lab, id)), checks: report?.checks ?? null }
  })
}

/** How many are done with each step, skipped or not. */
export function doneCounts(rows: readonly GridRow[], lab: Lab): readonly number[] {
  return lab.steps.map((_, at) => rows.filter(({ cells }) => cells[at] === 'done' || cells[at] === 'skipped').length)
}

function cellOf({ participant, at, state }: Person, lab: Lab, step: string): CellState {
  const report = reportOf(participant, lab.id, step)
  if (report?.skipped) return 'skipped'
  if (report?.done) return 'done'
  if (at?.lab === lab && at.step.id === step) return state === 'stuck' ? 'stuck' : 'here'
  return report ? 'begun' : 'ahead'
}
