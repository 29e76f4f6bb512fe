/** How long a run will about take, before anything is known of it. */
import type { Scenario } from '../scenario/scenario.ts'

/** Milliseconds, from the schedule: two seconds for each start and proof, seven tenths of one around each round. */
export function expectedMs(
  scenarios: readonly Scenario[],
  roundsOf: (scenario: Scenario) => number,
  systems: number,
): number {
  return scenarios.reduce((sum, scenario) => {
    const round = scenario.traffic.reduce((ms, { forMs }) => ms + forMs, 0) + 700
    const subjects = systems + (scenario.noiseFloor ? 2 : 1)
    return sum + subjects * (2000 + roundsOf(scenario) * round)
  }, 3000)
}
