/** How one system spread the requests of one origin over its instances, and what they took. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { Balancing } from '../../../../policy/features/balancing/line.ts'
import { balancingOf } from '../../../../policy/locations.ts'
import type { Origin, Scenario } from '../../../../scenario/scenario.ts'
import { pathOf, routeOf } from '../../../../scenario/served.ts'
import type { Series } from '../../../../traffic/plan.ts'
import { ofKind } from '../../../answers.ts'
import { claims, latencyOf, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'

/** An origin with several instances, and how it is balanced. */
export interface Balanced {
  readonly origin: string
  readonly method: Balancing['method']
  readonly instances: number
  readonly slow: Origin['slow']
}

export function balancedOrigins({ policy, origins }: Pick<Scenario, 'policy' | 'origins'>): readonly Balanced[] {
  return Object.entries(origins)
    .filter(([, { instances }]) => instances > 1)
    .map(([origin, { instances, slow }]) => ({ origin, method: balancingOf(policy, origin).method, instances, slow }))
}

export interface Row extends Balanced {
  readonly label: string
  /** Whether the system says that it balances: where it does not, somebody else does, or nobody. */
  readonly balances: boolean
  /** Requests of each instance by its own count, over all rounds. */
  readonly counts: readonly number[]
  /** Of all of them that came to the slow instance, 0–1; NaN where none is slow. */
  readonly slowShare: number
  readonly p50Ms: number
  /** One in ten takes longer. */
  readonly p90Ms: number
}

export function rowOf(record: ScenarioRecord, system: SystemRecord, balanced: Balanced): Row {
  const { origin, instances, slow } = balanced
  const rounds = roundsOf(record, system.label)
  const counts = Array.from({ length: instances }, (_, index) =>
    rounds
      .flatMap(({ origins }) => origins)
      .filter(({ name, instance }) => name === origin && instance === index + 1)
      .reduce((sum, { requests }) => sum + requests, 0),
  )
  const accepted = ofKind('accepted', record, system)
  const asks = asking(record.scenario, origin)
  const waits = latencyOf(seriesOf(record, rounds, (series) => asks(series) && accepted(series)))
  return {
    ...balanced,
    label: system.label,
    balances: claims(system, 'balancing'),
    counts,
    slowShare: slow ? counts[slow.instance - 1]! / counts.reduce((sum, count) => sum + count, 0) : Number.NaN,
    p50Ms: percentileMs(waits, 50),
    p90Ms: percentileMs(waits, 90),
  }
}

/** Tells the answers to lines that the policy routes to this origin. */
function asking({ policy, traffic }: Scenario, origin: string): (series: Series) => boolean {
  const lines = new Set(
    traffic.flatMap(({ phase, mix }) =>
      mix.flatMap((entry, at) => (routeOf(policy, pathOf(entry))?.origin === origin ? [`${phase} ${at}`] : [])),
    ),
  )
  return ({ phase, mixIndex }) => lines.has(`${phase} ${mixIndex}`)
}
