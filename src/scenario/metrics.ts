/** Figures that expectations may state. Findings declare them, and whoever loads a scenario hands them in. */
import type { PolicyFeature } from '../policy/features/index.ts'
import type { Scenario } from './scenario.ts'

/** share: 0–1, written and shown as a percentage. a month: a sum of money, in the currency of the prices. */
export type MetricUnit =
  | 'share'
  | 'ratio'
  | 'ms'
  | 'µs'
  | 'requests'
  | 'requests a second'
  | 'lines'
  | 'machines'
  | 'a month'

export interface Metric {
  /** `p50Ms`; with `.*` at its end it is one figure for each client of the scenario: `accepted.*`, `accepted.alice`. */
  readonly name: string
  /** What there is one figure of for each, where the name ends with `.*`; absent: the clients. */
  readonly each?: 'origin'
  readonly unit: MetricUnit
  readonly meaning: string
  /** Why a system that was measured may have no such figure, as a clause of its own. */
  readonly missing: string
  /** Why no run of a scenario can give it, to follow a colon; undefined where one can. Absent: every run can. */
  readonly impossible?: (scenario: Scenario) => string | undefined
}

/** What the loader of scenarios has to know of a finding. */
export interface FindingMetrics {
  readonly id: string
  readonly metrics: readonly Metric[]
  /** The feature that it is about; null where it is about none. */
  readonly feature: PolicyFeature | null
  /** Whether there is something to say of this scenario. */
  readonly appliesTo: (scenario: Scenario) => boolean
}

/** Of a scenario, as far as names of metrics depend on it: keyed by name. */
export interface Named {
  readonly clients?: object | undefined
  readonly origins?: object | undefined
}

/** A metric by the name that an expectation or a fact uses; undefined where there is none. */
export function metricNamed(metrics: readonly Metric[], name: string, scenario: Named): Metric | undefined {
  return metrics.find((metric) => namesOf(metric, scenario).includes(name))
}

/** Every name that may be written, patterns filled in with the clients or the origins. */
export function metricNames(metrics: readonly Metric[], scenario: Named): readonly string[] {
  return metrics.flatMap((metric) => namesOf(metric, scenario))
}

function namesOf({ name, each }: Metric, { clients, origins }: Named): readonly string[] {
  if (!name.endsWith('.*')) return [name]
  return Object.keys((each === 'origin' ? origins : clients) ?? {}).map((one) => name.replace('*', () => one))
}
