import { type Probe, probesFor } from '../../policy/probes/index.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { documentsIn, probePaths } from './probe-paths.ts'

/** All probes of a scenario's policy, at its own origins; those of one call never ask for the same path. */
export function probesOf(scenario: Scenario): readonly Probe[] {
  return probesFor({
    policy: scenario.policy,
    probePaths: probePaths(scenario),
    documents: (path) => documentsIn(scenario, path),
  })
}
