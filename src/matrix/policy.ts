/** The policy on which the matrix is proved, with keys made for this run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findingMetrics } from '../comparison/findings/registry.ts'
import { packageRoot } from '../package-root.ts'
import type { LoadOptions } from '../scenario/load.ts'
import { loadScenario } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { systemIds } from '../systems/index.ts'

const file = join(packageRoot, 'scenarios', 'proof', 'each-feature.yaml')

export function eachFeature(makeKey: LoadOptions['makeKey']): Scenario {
  return loadScenario(readFileSync(file, 'utf8'), file, { systems: systemIds, findings: findingMetrics, makeKey })
}
