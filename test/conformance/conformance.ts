/** Proves one system on every policy: the product's own probes are the suite. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Drivers, startDrivers } from '../../src/experiment/drivers.ts'
import { type Origins, startOriginsTogether } from '../../src/experiment/origins.ts'
import { probesOf } from '../../src/experiment/proof/probes-of.ts'
import { probeTools, whyNotProved } from '../../src/experiment/proof/prove.ts'
import { prepare, startSystem } from '../../src/experiment/systems-under-test.ts'
import type { Probe } from '../../src/policy/probes/index.ts'
import type { ProbeTools, ProbeVerdict } from '../../src/policy/probes/probe.ts'
import { chooseRuntime } from '../../src/runtime/choose.ts'
import { askEngine } from '../../src/runtime/containers/engine.ts'
import { openRuntime } from '../../src/runtime/open.ts'
import type { Running, Runtime } from '../../src/runtime/topology.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { type SystemId, systems } from '../../src/systems/index.ts'
import { launchOf, type System } from '../../src/systems/system.ts'
import { policyFiles, scenarioIn } from './policies.ts'

/** On the runtime that the configuration of Vitest provides. */
const kind = inject('runtime')

/** What one file of tests keeps standing while its policies take turns. */
interface Testbed {
  readonly runtime: Runtime
  readonly drivers: Drivers
  /** By the file of the policy: all of them one program, as nothing is measured. */
  readonly origins: ReadonlyMap<string, Origins>
}

/** All tests of one system. Whatever is not tried is skipped with its reason, and told at the end. */
export async function conformance(id: SystemId): Promise<void> {
  const system: System = systems[id]
  const why = await whyAbsent(system)
  const plans = policyFiles.map((file) => ({ file, ...planFor(system, file, why) }))
  const testbed: { current?: Testbed } = {}

  describe(id, () => {
    beforeAll(async () => {
      const needed = plans.filter(({ tried }) => tried.length > 0)
      if (needed.length === 0) return
      const runtime = await openRuntime(kind, {
        runId: `conformance-${id}-${process.pid}`,
        signal: new AbortController().signal,
        ...(kind === 'processes' ? { firstPort: firstPort() } : {}),
      })
      const drivers = await startDrivers(runtime)
      const scenarios = needed.map(({ scenario }) => scenario)
      const origins = await startOriginsTogether(runtime, drivers.back, scenarios, 1)
      testbed.current = { runtime, drivers, origins: new Map(needed.map(({ file }, at) => [file, origins[at]!])) }
    })
    afterAll(async () => {
      await testbed.current?.runtime.close()
      console.log(told(id, plans))
    })
    // Side by side, as they mostly wait: each has a system and origins of its own. Its probes take turns.
    describe.concurrent.each(plans)('$file', ({ file, scenario, tried, skipped }) => {
      for (const { probe, reason } of skipped) test(`${probe.claim} (${reason})`, ({ skip }) => skip(reason))
      if (tried.length > 0) provedOn(() => testbed.current!, { file, scenario, system, tried })
    })
  })
}

/**
 * Below the range from which runs draw their ports, a row for each worker of Vitest: so many start so much at the same
 * moment that two might draw the same port before either has bound it.
 */
function firstPort(): number {
  const row = (process.ppid * 8 + Number(process.env['VITEST_POOL_ID'])) % 64
  return 12_000 + row * 125
}

interface Plan {
  readonly scenario: Scenario
  readonly tried: readonly Probe[]
  readonly skipped: readonly { readonly probe: Probe; readonly reason: string }[]
}

function planFor(system: System, file: string, why: string | undefined): Plan {
  const scenario = scenarioIn(file)
  const probes = probesOf(scenario).map((probe) => {
    const notClaimed = whyNotProved(system, scenario.policy, probe)
    return { probe, reason: notClaimed === undefined ? why : `not claimed: ${notClaimed}` }
  })
  return {
    scenario,
    tried: probes.filter(({ reason }) => reason === undefined).map(({ probe }) => probe),
    skipped: probes.flatMap(({ probe, reason }) => (reason === undefined ? [] : [{ probe, reason }])),
  }
}

function provedOn(
  testbed: () => Testbed,
  { file, scenario, system, tried }: { file: string; system: System } & Pick<Plan, 'scenario' | 'tried'>,
): void {
  let running: Running | null = null
  let tools: ProbeTools
  beforeAll(async () => {
    const { runtime, drivers, origins: of } = testbed()
    const origins = of.get(file)!
    const prepared = await prepare(runtime, origins, scenario, { label: system.id, system, adapt: null })
    running = await startSystem(runtime, prepared)
    await origins.behave({ calm: true })
    tools = probeTools(drivers, origins, prepared.target, new AbortController().signal)
  })
  afterAll(async () => {
    await running?.stop()
  })
  for (const probe of tried) {
    test(probe.claim, { concurrent: false }, async () => {
      const verdict = await probe.run(tools)
      expect(verdict.passed, `${system.id} does not prove ${probe.id} of ${file}. ${inWords(verdict)}`).toBe(true)
    })
  }
}

function inWords({ expected, received, evidence }: ProbeVerdict): string {
  const answers = evidence.map(({ request: { method, path }, status, body }) => {
    const shown = body.length > 120 ? `${body.slice(0, 120)}…` : body
    return `  ${method ?? 'GET'} ${path}: ${status || 'no answer'} ${JSON.stringify(shown)}`
  })
  return [`Expected: ${expected}. Received: ${received}.`, ...answers].join('\n')
}

/** Why a system cannot run on this machine; undefined where it can. */
async function whyAbsent(system: System): Promise<string | undefined> {
  const { id } = system
  const launch = launchOf(system)
  if (!launch) return undefined
  if (kind === 'containers') {
    const engine = await askEngine()
    if (!engine.answers) return engine.why
  }
  const { availability } = await chooseRuntime(kind, [{ id, launch }], () => undefined)
  const here = availability[id]
  return here?.available === false ? here.reason : undefined
}

/** How many probes were tried, and for each reason how many were not. */
function told(id: SystemId, plans: readonly Plan[]): string {
  const skipped = plans.flatMap((plan) => plan.skipped)
  const tried = plans.reduce((sum, plan) => sum + plan.tried.length, 0)
  const byReason = [...Map.groupBy(skipped, ({ reason }) => reason)]
  return [
    `${id} (${kind}): ${tried} probes tried, ${skipped.length} skipped`,
    ...byReason.map(([reason, group]) => `${String(group.length).padStart(4)} ${reason}`),
  ].join('\n')
}

declare module 'vitest' {
  interface ProvidedContext {
    runtime: 'processes' | 'containers'
  }
}
