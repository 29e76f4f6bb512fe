/** The ways of measuring, one for each word that a scenario may say. */
import type { Measure, Scenario } from '../../scenario/scenario.ts'
import { measureCapacity } from './capacity/capacity.ts'
import type { Measuring } from './measuring.ts'
import { measureRounds } from './rounds/rounds.ts'
import { measureSlices } from './slices/slices.ts'

const measuringOf: Readonly<Record<Measure, Measuring>> = {
  slices: measureSlices,
  rounds: measureRounds,
  capacity: measureCapacity,
}

export function measuringFor({ measure }: Pick<Scenario, 'measure'>): Measuring {
  return measuringOf[measure]
}
