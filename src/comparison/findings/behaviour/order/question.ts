/** A question of order: which of two parts of the edge has a request first. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { PolicyFeature } from '../../../../policy/features/index.ts'
import type { Metric } from '../../../../scenario/metrics.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'

/** What has a request in turn, on its way to the origin. */
export const stations = ['key', 'limit', 'cache', 'transform'] as const
export type Station = (typeof stations)[number]

export interface Question {
  /** `key or cache` */
  readonly title: string
  /** What a system must have for it to be asked. */
  readonly features: readonly PolicyFeature[]
  readonly metrics: readonly Metric[]
  /** Whether the traffic can answer it. */
  readonly isAsked: (scenario: Scenario) => boolean
  /** Asked only where it is asked, of systems that have the features. */
  readonly seen: (record: ScenarioRecord, subject: SystemRecord) => Seen
}

export interface Seen {
  /** In a few words, for a cell: `the key: a stranger gets nothing`. */
  readonly answer: string
  /** Whether it is as one would want it; absent: there is no better and worse. */
  readonly tone?: 'good' | 'bad'
  /** The same as a predicate in the past tense, without figures, so that it can be said of several systems at once. */
  readonly says: string
  /** What was counted or timed. */
  readonly how: string
  /** Which has the request before which; absent where it cannot be told. */
  readonly order?: readonly [first: Station, then: Station]
  readonly figures: Readonly<Record<string, number>>
}
