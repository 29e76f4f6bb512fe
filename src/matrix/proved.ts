/** Starts every system that can run here, and proves each cell that it claims: all of them side by side. */
import { EdgeLabError } from '../errors.ts'
import { type Drivers, startDrivers } from '../experiment/drivers.ts'
import { type Origins, startOriginsTogether } from '../experiment/origins.ts'
import { probesOf } from '../experiment/proof/probes-of.ts'
import { probeTools, prove } from '../experiment/proof/prove.ts'
import { prepare, startSystem } from '../experiment/systems-under-test.ts'
import type { ProbeRecord } from '../measurement/run-record.ts'
import type { Runtime } from '../runtime/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { System } from '../systems/system.ts'
import { lanesOf } from './lanes.ts'

/** What became of one system. */
export interface Outcome {
  readonly system: string
  /** What the product says of itself; null where it says nothing, or did not start. */
  readonly version: string | null
  readonly probes: readonly ProbeRecord[]
  /** Why it did not start, with the end of its log; empty where it did. */
  readonly problem: string
  readonly logTail: string
  /** From the start of its process to its last probe. */
  readonly ms: number
}

interface Testbed {
  readonly runtime: Runtime
  readonly drivers: Drivers
  readonly signal: AbortSignal
}

/** Throws EdgeLabError where nothing can be proved at all; what does not start is an outcome. `finished` as they come. */
export async function proveCells(
  systems: readonly System[],
  scenario: Scenario,
  { runtime, signal, finished }: Omit<Testbed, 'drivers'> & { readonly finished: (outcome: Outcome) => void },
): Promise<readonly Outcome[]> {
  const drivers = await startDrivers(runtime)
  // The origins of each system are its own, as they count what reaches them.
  const scenarios = systems.map(() => ({ ...scenario }))
  const origins = await startOriginsTogether(runtime, drivers.back, scenarios, 1)
  return Promise.all(
    systems.map(async (system, at) => {
      const outcome = await proveSystem(system, scenarios[at]!, origins[at]!, { runtime, drivers, signal })
      finished(outcome)
      return outcome
    }),
  )
}

async function proveSystem(system: System, scenario: Scenario, origins: Origins, testbed: Testbed): Promise<Outcome> {
  const { runtime, drivers, signal } = testbed
  const from = performance.now()
  const outcome = (rest: Partial<Outcome>): Outcome => {
    return {
      system: system.id,
      version: null,
      probes: [],
      problem: '',
      logTail: '',
      ...rest,
      ms: performance.now() - from,
    }
  }
  try {
    const prepared = await prepare(runtime, origins, scenario, { label: system.id, system, adapt: null })
    const running = await startSystem(runtime, prepared)
    const { policy } = scenario
    const lanes = lanesOf(policy, probesOf(scenario))
    const proofs = await Promise.all(
      lanes.map(({ origin, probes }) => {
        const tools = probeTools(drivers, origins.named(origin), prepared.target, signal)
        return prove(system, policy, probes, tools, () => undefined)
      }),
    )
    await running?.stop()
    return outcome({ version: running?.version ?? null, probes: proofs.flat() })
  } catch (error) {
    if (signal.aborted || !(error instanceof EdgeLabError) || error.name !== 'startFailed') throw error
    return outcome({ problem: error.message, logTail: error.logTail })
  }
}
