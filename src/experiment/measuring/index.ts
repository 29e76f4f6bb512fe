/** The ways of measuring, one for each word that a scenario may say. */
import { EdgeLabError } from '../../errors.ts'
import type { Measure, Scenario } from '../../scenario/scenario.ts'
import type { Measuring } from './measuring.ts'
import { measureRounds } from './rounds/rounds.ts'

const measuringOf: Readonly<Partial<Record<Measure, Measuring>>> = {
  slices: measureRounds,
  rounds: measureRounds,
}

/** Throws EdgeLabError `usage` for a way that this EdgeLab does not have. */
export function measuringFor({ id, measure }: Pick<Scenario, 'id' | 'measure'>): Measuring {
  const measuring = measuringOf[measure]
  if (measuring) return measuring
  throw new EdgeLabError('usage', { what: `${id} is to be measured as ${measure}, which this EdgeLab does not do.` })
}
