/** How long a run will about take, before anything is known of it. */
import type { Scenario } from '../scenario/scenario.ts'
import { type Asked, roundsOf } from './asked.ts'
import type { PlannedScenario } from './events.ts'
import { climbMs, climbOf } from './measuring/capacity/ladder.ts'

/**
 * Eight seconds, and a half for each system, until all are proved and started for the first round; then rounds by their
 * schedule with three tenths of a second around each, slices by their budget, a ladder by its steps. `systems`: how many
 * beside `direct`.
 */
export function plannedOf(scenario: Scenario, asked: Asked, systems: number): PlannedScenario {
  const { id, question, measure, traffic, connections } = scenario
  const rounds = roundsOf(scenario, asked)
  const roundMs = traffic.reduce((ms, { forMs }) => ms + forMs, 0) + 300
  const subjects = systems + 1
  const measuringMs = {
    rounds: subjects * rounds * roundMs,
    slices: asked.budgetMs,
    capacity: climbMs(traffic, climbOf(connections, rounds), subjects),
  }[measure]
  return { id, question, measure, rounds, precision: asked.precision, expectedMs: 8000 + subjects * 500 + measuringMs }
}

/** Of the whole run, milliseconds. */
export function expectedMs(scenarios: readonly PlannedScenario[]): number {
  return scenarios.reduce((sum, each) => sum + each.expectedMs, 3000)
}
