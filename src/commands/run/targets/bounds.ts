/** How much a target is asked at most: what is not started for the run is not there to be overrun by it. */
import { type Asked, roundsOf } from '../../../experiment/asked.ts'
import type { Phase, Scenario } from '../../../scenario/scenario.ts'
import { formatNumber } from '../../../units.ts'

interface Bounds {
  readonly perSecond: number
  readonly atOnce: number
  readonly connections: number
  /** Of a whole run, probes left out: they are a few hundred. */
  readonly requests: number
}

/** On this machine or in a private network. */
export const nearBounds: Bounds = { perSecond: 2000, atOnce: 200, connections: 200, requests: 1_000_000 }
/** Over networks that others share, to a host that its owner may pay for by the request. */
export const farBounds: Bounds = { perSecond: 500, atOnce: 50, connections: 100, requests: 100_000 }

/** What exceeds the bounds, each as a clause. */
export function beyondBounds(bounds: Bounds, scenarios: readonly Scenario[], asked: Asked): readonly string[] {
  const total = requestsOf(scenarios, asked)
  return [
    ...scenarios.flatMap((scenario) => [
      ...scenario.traffic.flatMap((phase) => beyondIn(phase, bounds, scenario)),
      ...(scenario.connections > bounds.connections
        ? [`${scenario.id} opens ${scenario.connections} connections, and ${bounds.connections} are the most`]
        : []),
    ]),
    ...(total > bounds.requests
      ? [
          `the run would send it ${formatNumber(total)} requests, and ${formatNumber(bounds.requests)} are the most: ask for fewer rounds, or for a shorter --budget`,
        ]
      : []),
  ]
}

function beyondIn(phase: Phase, { perSecond, atOnce }: Bounds, { id }: Scenario): readonly string[] {
  const where = `${id}, phase ${phase.phase}`
  if (phase.kind === 'burst') {
    return phase.atOnce > atOnce ? [`${where}: ${phase.atOnce} at once, and ${atOnce} are the most`] : []
  }
  if (phase.kind === 'closed') return [`${where}: as many a second as it answers, and ${perSecond} are the most`]
  const most = Math.max(phase.fromPerSecond, phase.toPerSecond)
  return most > perSecond ? [`${where}: ${formatNumber(most)} a second, and ${perSecond} are the most`] : []
}

/** Of one system in all of them, at most. In slices it has half of the budget at most: `direct` has as much. */
export function requestsOf(scenarios: readonly Scenario[], asked: Asked): number {
  return scenarios.reduce((sum, scenario) => {
    if (scenario.measure !== 'slices') return sum + roundsOf(scenario, asked) * requestsIn(scenario)
    const ms = scenario.traffic.reduce((all, { forMs }) => all + forMs, 0)
    return sum + Math.ceil((requestsIn(scenario) / ms) * (asked.budgetMs / 2))
  }, 0)
}

/** Of one round; none of phases that send as many as are answered, which nobody knows beforehand. */
function requestsIn({ traffic }: Pick<Scenario, 'traffic'>): number {
  return traffic.reduce((sum, phase) => sum + requestsInPhase(phase), 0)
}

function requestsInPhase(phase: Phase): number {
  if (phase.kind === 'closed') return 0
  if (phase.kind === 'burst') return phase.atOnce
  return Math.ceil((((phase.fromPerSecond + phase.toPerSecond) / 2) * phase.forMs) / 1000)
}
