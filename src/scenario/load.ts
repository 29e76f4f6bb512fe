/** A scenario file → a scenario, or every mistake in it at once. */
import type { z } from 'zod'
import { consumersOf, credentialFeatures } from '../policy/credentials.ts'
import { featureOf, policyFeatures } from '../policy/features/index.ts'
import { policyProblems, toPolicy } from '../policy/parse.ts'
import { badInput, openYaml, type YamlFile } from '../yaml-file.ts'
import { type Expectable, readExpectations } from './expectations.ts'
import { type ScenarioInput, scenarioInput } from './input.ts'
import { hasSpells, toOrigin } from './origin-input.ts'
import { keyHeaderProblems } from './requests/key-checks.ts'
import { isSteady, trafficProblems } from './requests/traffic-checks.ts'
import type { Measure, Phase, Scenario } from './scenario.ts'

export interface LoadOptions extends Expectable {
  /** Makes the key of a consumer that has none written down. */
  readonly makeKey: (consumer: string) => string
}

/** Throws EdgeLabError `badInput` with every problem that can be found, located, in file order. */
export function loadScenario(text: string, file: string, options: LoadOptions): Scenario {
  const yaml = openYaml(text, file)
  const parsed = yaml.read(scenarioInput)
  // What the schema could make out is checked further even where another part is broken.
  const input = parsed ?? salvage(yaml.value)
  const scenario = parsed && toScenario(parsed, options)
  const expect = input ? crossChecks(input, scenario, options, yaml) : []
  if (parsed && !parsed.rounds && scenario?.measure !== 'slices') {
    yaml.add(['rounds'], `is missing: a scenario that is measured as ${scenario?.measure} says how often`)
  }
  if (yaml.problems.length > 0 || !scenario) throw badInput(file, yaml.problems)
  return { ...scenario, expect }
}

/** The parts of a broken file that are right by themselves, so that references between them can still be checked. */
function salvage(value: unknown): ScenarioInput | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { policy, origins, clients, traffic, expect } = scenarioInput.shape
  const whole = value as Record<string, unknown>
  const parts = (shape: Record<string, z.ZodType>, from: unknown): [string, unknown][] =>
    Object.entries(shape).map(([key, schema]) => [
      key,
      schema.safeParse((from as Record<string, unknown> | undefined)?.[key]).data,
    ])
  // Feature by feature: a mistake in the cache must not hide one in the routes.
  const features = parts(policy.shape, whole['policy'] ?? {}).map(([key, lines]) => [key, lines ?? []])
  return {
    ...Object.fromEntries(parts({ origins, clients, traffic, expect }, whole)),
    policy: Object.fromEntries(features),
  } as ScenarioInput
}

/** What no single part can see: references, sums, figures. Parts that are missing are passed over. */
function crossChecks(
  input: Partial<ScenarioInput>,
  scenario: Scenario | undefined,
  expectable: Expectable,
  { add, problems: unread }: Pick<YamlFile, 'add' | 'problems'>,
): Scenario['expect'] {
  const { policy, origins, clients, expect } = input
  const instances = origins && new Map(Object.entries(origins).map(([name, each]) => [name, each.instances]))
  if (policy && instances) {
    for (const problem of policyProblems(policy, instances)) add(['policy', ...problem.path], problem.message)
  }
  // Lines that could not be read may well have the consumer.
  const readable = !unread.some(({ path }) =>
    credentialFeatures.some((feature) => path.startsWith(`policy.${feature}`)),
  )
  const consumers = policy && readable ? consumersOf(policy) : undefined
  for (const [name, { consumer }] of Object.entries(clients ?? {})) {
    if (consumer && consumers && !consumers.includes(consumer)) {
      add(
        ['clients', name, 'consumer'],
        `no ${credentialFeatures.join(' or ')} line has a consumer “${consumer}”; it has ${consumers.join(', ') || 'none'}`,
      )
    }
  }
  for (const problem of [...trafficProblems(input), ...keyHeaderProblems(input)]) add(problem.path, problem.message)
  if (!expect || !clients) return []
  const { expectations, problems } = readExpectations({ expect, clients, origins }, expectable, scenario)
  for (const problem of problems) add(problem.path, problem.message)
  return expectations
}

/** Rounds where something remembers or the traffic has a course of its own. */
function usualMeasure({ policy, origins, traffic }: ScenarioInput): Measure {
  const remembers = policyFeatures.some((feature) => featureOf[feature].remembers && policy[feature].length > 0)
  return remembers || Object.values(origins).some(hasSpells) || traffic.some((phase) => !isSteady(phase))
    ? 'rounds'
    : 'slices'
}

/** Without its expectations: what they may name depends on it. */
function toScenario(input: ScenarioInput, { makeKey }: Pick<LoadOptions, 'makeKey'>): Scenario {
  return {
    id: input.id,
    title: input.title,
    question: input.question,
    measure: input.measure ?? usualMeasure(input),
    policy: toPolicy(input.policy, makeKey),
    origins: Object.fromEntries(Object.entries(input.origins).map(([name, each]) => [name, toOrigin(each)])),
    clients: input.clients,
    traffic: input.traffic.map(toPhase),
    rounds: roundsOf(input.rounds),
    fresh: input.fresh,
    connections: input.connections,
    ...(input.month ? { month: input.month } : {}),
    expect: [],
  }
}

function roundsOf(rounds: ScenarioInput['rounds']): Scenario['rounds'] {
  // In slices nobody asks.
  const { quick, full, quickShare } = rounds ?? { quick: 1, full: 1 }
  return { quick, full, ...(quickShare === undefined ? {} : { quickShare }) }
}

function toPhase({
  phase,
  for: forMs,
  rate,
  to,
  arrivals,
  atOnce,
  warmUp,
  mix,
}: ScenarioInput['traffic'][number]): Phase {
  const base = { phase, forMs, measured: !warmUp, mix }
  if (atOnce !== undefined) return { ...base, kind: 'burst', atOnce }
  if (rate === undefined) return { ...base, kind: 'closed' }
  return { ...base, kind: 'rate', fromPerSecond: rate, toPerSecond: to ?? rate, arrivals: arrivals ?? 'poisson' }
}
