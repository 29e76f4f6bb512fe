/** The matrix as it is declared: features × systems, and what each cell takes in lines. The same on every machine. */
import { measureEffort } from '../experiment/effort/effort.ts'
import { exampleSite } from '../experiment/systems-under-test.ts'
import { type PolicyFeature, perFeature } from '../policy/features/index.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type SystemId, systems } from '../systems/index.ts'
import type { FeatureSupport, System } from '../systems/system.ts'

/** Of configuration, and of script or program; comments and blanks are not counted. */
export interface Lines {
  readonly config: number
  readonly script: number
}

export interface DeclaredCell {
  readonly support: FeatureSupport
  /** What leaving the feature out would save; null where it cannot be told: of routes, and of what it does not claim. */
  readonly lines: Lines | null
}

export interface DeclaredRow {
  readonly system: System
  readonly cells: Readonly<Record<PolicyFeature, DeclaredCell>>
  /** For every feature that it claims. */
  readonly lines: Lines
}

export function declaredRow(id: SystemId, scenario: Scenario): DeclaredRow {
  const system: System = systems[id]
  const { configLines, scriptLines, features } = measureEffort(system, scenario.policy, exampleSite(scenario))
  return {
    system,
    cells: perFeature((feature) => ({ support: system.support[feature], lines: features[feature] ?? null })),
    lines: { config: configLines, script: scriptLines },
  }
}
