/** A finding as a module: one question, the figures that expectations may state of it, and how it is drawn from a record. */
import type { RunRecord, ScenarioRecord } from '../../measurement/run-record.ts'
import type { PolicyFeature } from '../../policy/features/index.ts'
import type { Terms } from '../../prices/terms.ts'
import type { Metric } from '../../scenario/metrics.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { Declaration } from '../../systems/declarations.ts'
import type { Finding } from '../finding.ts'

/** What drawing adds to what a module says of itself. Figures that are not finite count as not measured. */
export type Drawn = Pick<Finding, 'verdict' | 'blocks' | 'brief' | 'metrics'>

interface Declared<Id extends string> {
  /** In kebab case: it stands in scenarios, labs and links. */
  readonly id: Id
  /** A word or two, for a tab. */
  readonly title: string
  readonly question: string
  readonly metrics: readonly Metric[]
}

/** Drawn once for each scenario of the run. */
export interface ScenarioFinding<Id extends string = string> extends Declared<Id> {
  readonly of: 'scenario'
  /** The feature that it is about: in a report, what a scenario's own policy is about comes first. */
  readonly feature: PolicyFeature | null
  /** Whether there is something to say of this scenario. */
  readonly applies: (scenario: Scenario) => boolean
  /**
   * Only of scenarios with rounds. `terms`: what bills are made from, EdgeLab's own where left out. `declared`: what systems
   * say of themselves, which builds on which among it.
   */
  readonly draw: (scenario: ScenarioRecord, terms?: Terms, declared?: readonly Declaration[]) => Drawn
  /** Its own sentences name the systems whose figures say nothing; the others get a caution before their blocks. */
  readonly namesWithheld?: true
}

/** Drawn once, over the whole run. */
export interface RunFinding<Id extends string = string> extends Declared<Id> {
  readonly of: 'run'
  readonly applies: (run: RunRecord) => boolean
  readonly draw: (run: RunRecord) => Drawn
}

export type FindingModule = ScenarioFinding | RunFinding
