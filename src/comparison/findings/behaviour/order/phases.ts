/** Phases in which everybody asks for one path: what their answers say is said of that path alone. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { PolicyFeature } from '../../../../policy/features/index.ts'
import { lineOn } from '../../../../policy/locations.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import { formatNumber } from '../../../../units.ts'
import { countOf, medianOver, roundsOf, seriesOf } from '../../../rounds.ts'

export type Asking = Pick<Scenario, 'policy' | 'clients' | 'traffic'>

export interface OnePath {
  readonly phase: string
  readonly path: string
  readonly clients: readonly string[]
  /** How many requests it sends in a round. */
  readonly requests: number
}

/** In the order of the traffic; a phase that asks for several paths, or draws one by lot, is undefined. */
export function phasesOf({ traffic }: Pick<Scenario, 'traffic'>): readonly (OnePath | undefined)[] {
  return traffic.map((phase) => {
    const [path, ...more] = new Set(phase.mix.map((entry) => entry.path))
    if (path === undefined || more.length > 0 || path.includes('{') || phase.kind === 'closed') return undefined
    const requests =
      phase.kind === 'burst'
        ? phase.atOnce
        : Math.round((((phase.fromPerSecond + phase.toPerSecond) / 2) * phase.forMs) / 1000)
    return { phase: phase.phase, path, clients: phase.mix.map(({ client }) => client), requests }
  })
}

/** Whether all of these, or none, have a key that somebody has. */
export function areStrangers({ clients }: Pick<Scenario, 'clients'>, names: readonly string[]): boolean {
  return names.every((name) => clients[name]?.consumer === undefined)
}
export function areKnown({ clients }: Pick<Scenario, 'clients'>, names: readonly string[]): boolean {
  return names.every((name) => clients[name]?.consumer !== undefined)
}

/** The line of a feature that applies to the path of a request. */
export function lineFor<F extends PolicyFeature>({ policy }: Pick<Scenario, 'policy'>, feature: F, path: string) {
  return lineOn(policy, feature, path.replace(/\?.*/s, ''))
}

/** How many answers of a phase have one of these statuses, in all rounds. */
export function answersIn(
  record: ScenarioRecord,
  { label }: SystemRecord,
  phase: string,
  is: (status: number) => boolean = () => true,
): number {
  return countOf(seriesOf(record, roundsOf(record, label), (series) => series.phase === phase && is(series.status)))
}

/** How often the origins were asked for a path in a round: their own count, the median of the rounds. */
export function originAsked(record: ScenarioRecord, { label }: SystemRecord, path: string): number {
  return medianOver(roundsOf(record, label), ({ origins }) =>
    origins.reduce((sum, { paths }) => sum + (paths[path] ?? 0), 0),
  )
}

/** `once`, `3 times` */
export function times(count: number): string {
  return count === 1 ? 'once' : `${formatNumber(count)} times`
}
