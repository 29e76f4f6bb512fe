import type { Scenario } from '../scenario.ts'

/** The scenario as a look measures it: every phase for its share of the time, at the same rates. Bursts stay whole. */
export function shortened(scenario: Scenario): Scenario {
  const { quickShare } = scenario.rounds
  if (quickShare === undefined) return scenario
  const traffic = scenario.traffic.map((phase) =>
    phase.kind === 'burst' ? phase : { ...phase, forMs: Math.round(phase.forMs * quickShare) },
  )
  return { ...scenario, traffic }
}
