/** How long a run will about take, before anything is known of it. */
import type { Scenario } from '../scenario/scenario.ts'

/** Milliseconds, from the schedule: five seconds and one for each system until all are proved, seven tenths around each round. */
export function expectedMs(
  scenarios: readonly Scenario[],
  roundsOf: (scenario: Scenario) => number,
  systems: number,
): number {
  return scenarios.reduce((sum, scenario) => {
    const round = scenario.traffic.reduce((ms, { forMs }) => ms + forMs, 0) + 700
    const subjects = systems + (scenario.noiseFloor ? 2 : 1)
    return sum + 5000 + subjects * (1000 + roundsOf(scenario) * round)
  }, 3000)
}
