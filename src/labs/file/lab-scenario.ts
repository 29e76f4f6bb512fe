import { findingMetrics } from '../../comparison/findings/registry.ts'
import { type LoadOptions, loadScenario } from '../../scenario/load.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { systemIds } from '../../systems/index.ts'

/**
 * A scenario of a lab. A lesson shows one course of its traffic, round by round; slices are for telling small costs apart.
 * Throws as `loadScenario` does.
 */
export function loadLabScenario(text: string, file: string, makeKey: LoadOptions['makeKey']): Scenario {
  return { ...loadScenario(text, file, { systems: systemIds, findings: findingMetrics, makeKey }), measure: 'rounds' }
}
