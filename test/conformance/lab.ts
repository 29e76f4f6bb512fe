/** Proves every system on the policies of all scenarios, on one runtime: the product's own probes are the suite. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Drivers, startDrivers } from '../../src/experiment/drivers.ts'
import { type Origins, startOrigins } from '../../src/experiment/origins.ts'
import { documentsIn, probePaths } from '../../src/experiment/probe-paths.ts'
import { probeTools, tryOut, whyNotProved } from '../../src/experiment/prove.ts'
import { type Prepared, prepare, startSystem } from '../../src/experiment/systems-under-test.ts'
import { probesFor } from '../../src/policy/probes.ts'
import type { Running, Runtime } from '../../src/runtime/topology.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { systems } from '../../src/systems/index.ts'
import { systemIds } from '../../src/systems/system.ts'

/** The policies of the four scenarios, and one that uses everything on one path. */
const scenarios = ['overhead', 'caching', 'rate-limit', 'transform']
  .map((id) => `scenarios/${id}.yaml`)
  .concat('test/conformance/everything.yaml')

/** `unavailable` says why a system cannot run on this runtime; undefined where it can. */
export function conformance(
  open: () => Promise<Runtime>,
  unavailable: (id: string) => string | undefined,
  files: readonly string[] = scenarios,
): void {
  let runtime: Runtime
  let drivers: Drivers
  beforeAll(async () => {
    runtime = await open()
    drivers = await startDrivers(runtime)
  })
  afterAll(() => runtime?.close())

  describe.each(files)('%s', (file) => {
    const makeKey = (consumer: string): string => `${consumer}-"{};$x'\\key`
    const scenario = loadScenario(readFileSync(file, 'utf8'), file, { systems: systemIds, makeKey })
    let origins: Origins
    beforeAll(async () => {
      origins = await startOrigins(runtime, drivers.back, scenario, 1)
    })
    afterAll(() => origins?.stop())

    describe.each(systemIds.filter((id) => systems[id].launch))('%s', (id) => {
      const system = systems[id]
      const why = unavailable(id)
      const context = {
        policy: scenario.policy,
        places: probePaths(scenario),
        documents: (path: string) => documentsIn(scenario, path),
      }
      let prepared: Prepared
      let running: Running | null = null
      beforeAll(async () => {
        if (why) return
        prepared = await prepare(runtime, origins, scenario, { label: id, system, adapt: (native) => native })
        running = await startSystem(runtime, prepared)
      })
      afterAll(() => running?.stop())

      for (const probe of probesFor(context)) {
        const notClaimed = whyNotProved(system, scenario.policy, probe)
        const reason = why ?? (notClaimed && `not claimed: ${notClaimed}`)
        if (reason) {
          test.skip(`${probe.claim} (${reason})`)
          continue
        }
        test(probe.claim, async () => {
          const tools = probeTools(drivers, origins, prepared.target, new AbortController().signal)
          const { passed, expected, received } = await tryOut(probe, tools)
          expect(passed ? expected : received).toBe(expected)
        })
      }
    })
  })
}
