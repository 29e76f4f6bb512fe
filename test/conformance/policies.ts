/**
 * What every system is tried on: the policies of the scenarios that come with EdgeLab, each kind once, and some that are
 * meant to hurt.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { findingMetrics } from '../../src/comparison/findings/registry.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { systemIds } from '../../src/systems/index.ts'

function yamlIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${folder}/${name}`)
}

/** Their policies differ from another's in numbers and names only; each run proves them on every system anyhow. */
const alike = ['big-transform', 'capacity', 'greedy-client', 'managed-cost', 'stale', 'stampede', 'window-edge']

const ofScenarios = yamlIn('scenarios').filter((file) => !alike.some((id) => file === `scenarios/${id}.yaml`))

export const policyFiles = [...ofScenarios, ...yamlIn('test/conformance')]

/** With keys that are full of what native configurations give a meaning to. */
export function scenarioIn(file: string): Scenario {
  const makeKey = (consumer: string): string => `${consumer}-"{};$x'\\key`
  return loadScenario(readFileSync(file, 'utf8'), file, { systems: systemIds, findings: findingMetrics, makeKey })
}
