/** A scenario file → a scenario, or every mistake in it at once. */
import { closest, distance } from 'fastest-levenshtein'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { LabError, type Problem } from '../errors.ts'
import { policyProblems, toPolicy } from '../policy/parse.ts'
import { readExpectations } from './expectations.ts'
import { type ScenarioInput, scenarioInput } from './input.ts'
import type { Phase, Scenario } from './scenario.ts'

export interface LoadOptions {
  /** The ids that `expect` may name. */
  readonly systems: readonly string[]
  /** Makes the key of a consumer that has none written down. */
  readonly makeKey: (consumer: string) => string
}

const longestMs = 10 * 60_000

type KeyPath = readonly PropertyKey[]

/** Throws LabError `badInput` with every problem that can be found, located, in file order. */
export function loadScenario(text: string, file: string, options: LoadOptions): Scenario {
  const { document, lines, syntax } = parseYaml(text)
  const problems: Problem[] = syntax.map((each) => ({ file, path: '', ...each }))
  const add = (path: KeyPath, message: string): void => {
    const at = place(document, lines, path)
    problems.push({ file, ...at, path: path.map(String).join('.'), message })
  }
  const value: unknown = readable(document)
  const parsed = scenarioInput.safeParse(value)
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.flatMap((issue) => spoken(issue, value))) add(path, message)
  }
  // What the schema could make out is checked further even where another part is broken.
  const input = (parsed.success ? parsed.data : salvage(value)) as ScenarioInput | undefined
  const expectations = input ? crossChecks(input, options, add) : []
  if (problems.length > 0 || !parsed.success) throw badInput(file, problems)
  return toScenario(parsed.data, expectations, options)
}

function badInput(file: string, problems: readonly Problem[]): LabError {
  const sorted = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
  const count = sorted.length === 1 ? '1 mistake' : `${sorted.length} mistakes`
  return new LabError('badInput', { count, file }, { problems: sorted })
}

interface SyntaxProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/**
 * Parses around syntax errors: a line that YAML cannot make sense of is blanked out and the rest read again, so that one
 * wrong indentation does not hide the other mistakes of the file. Line numbers stay what they were.
 */
function parseYaml(text: string): { document: Document; lines: LineCounter; syntax: readonly SyntaxProblem[] } {
  const syntax: SyntaxProblem[] = []
  const rows = text.split('\n')
  for (;;) {
    const lines = new LineCounter()
    const document = parseDocument(rows.join('\n'), {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      logLevel: 'error',
    })
    const [error] = document.errors
    if (!error) return { document, lines, syntax }
    const { line, col } = lines.linePos(error.pos[0])
    syntax.push({ line, column: col, message: plain(error.message) })
    if (syntax.length > 20 || rows[line - 1]?.trim() === '') return { document, lines, syntax }
    rows[line - 1] = ''
  }
}

/** The recovered document as plain values; undefined where aliases or the like make that impossible. */
function readable(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

/** Line and column of the value at a path, or of the nearest parent that is there. */
function place(document: Document, lines: LineCounter, path: KeyPath): { line?: number; column?: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    const range = (node as { range?: readonly [number, number, number] } | null | undefined)?.range
    if (range) {
      const { line, col } = lines.linePos(range[0])
      return { line, column: col }
    }
  }
  return {}
}

/** The first sentence of the parser, without its own place. */
function plain(message: string): string {
  return message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')
}

/** A zod issue in words; an issue of a union or of unknown keys becomes one problem each. */
function spoken(issue: z.core.$ZodIssue, value: unknown): readonly { path: KeyPath; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path)
    return issue.keys.map((key) => {
      const near = known.length > 0 ? closest(key, known) : ''
      const hint = near && distance(key, near) <= 3 ? `; did you mean “${near}”?` : `; known are ${known.join(', ')}`
      return { path: [...issue.path, key], message: `“${key}” is not a key here${hint}` }
    })
  }
  const given = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)
  if (given === undefined && issue.path.length > 0)
    return [{ path: issue.path, message: `“${String(issue.path.at(-1))}” is missing` }]
  return [{ path: issue.path, message: issue.message.replace(/^Invalid input: /, '') }]
}

/** The keys that the schema has at a path, for suggestions. */
function knownKeys(path: KeyPath): readonly string[] {
  let schema: unknown = scenarioInput
  for (const key of path) schema = step(unwrapped(schema), key)
  const shape = (unwrapped(schema) as { shape?: Record<string, unknown> }).shape
  return shape ? Object.keys(shape) : []
}

interface Inner {
  readonly def: {
    innerType?: unknown
    element?: unknown
    valueType?: unknown
    in?: unknown
    options?: readonly unknown[]
  }
  readonly shape?: Record<PropertyKey, unknown>
}

function unwrapped(schema: unknown): Inner {
  let inner = schema as Inner
  for (;;) {
    const next = inner?.def?.innerType ?? inner?.def?.in ?? inner?.def?.options?.at(-1)
    if (!next) return inner ?? { def: {} }
    inner = next as Inner
  }
}

function step(schema: Inner, key: PropertyKey): unknown {
  return schema.shape?.[key] ?? schema.def.element ?? schema.def.valueType
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
  { systems }: LoadOptions,
  add: (path: KeyPath, message: string) => void,
): Scenario['expect'] {
  const { policy, origins, clients, traffic, expect } = input
  const instances = origins && Object.fromEntries(Object.entries(origins).map(([name, each]) => [name, each.instances]))
  if (policy && instances) {
    for (const problem of policyProblems(policy, instances)) add(['policy', ...problem.path], problem.message)
  }
  const consumers = policy?.apiKey.flatMap((line) =>
    line.consumers.map((each) => (typeof each === 'string' ? each : each.name)),
  )
  for (const [name, { consumer }] of Object.entries(clients ?? {})) {
    if (consumer && consumers && !consumers.includes(consumer)) {
      add(
        ['clients', name, 'consumer'],
        `no apiKey line has a consumer “${consumer}”; it has ${consumers.join(', ') || 'none'}`,
      )
    }
  }
  for (const [index, { mix }] of (traffic ?? []).entries()) {
    for (const [at, { client }] of mix.entries()) {
      if (clients && !(client in clients)) {
        add(
          ['traffic', index, 'mix', at, 'client'],
          `there is no client “${client}”; there are ${Object.keys(clients).join(', ')}`,
        )
      }
    }
  }
  const total = (traffic ?? []).reduce((sum, each) => sum + each.for, 0)
  if (total > longestMs) add(['traffic'], 'a round is longer than 10 minutes')
  if (!expect || !clients) return []
  const { expectations, problems } = readExpectations({ expect, clients }, systems)
  for (const problem of problems) add(problem.path, problem.message)
  return expectations
}

function toScenario(input: ScenarioInput, expect: Scenario['expect'], { makeKey }: LoadOptions): Scenario {
  return {
    id: input.id,
    title: input.title,
    question: input.question,
    policy: toPolicy(input.policy, makeKey),
    origins: Object.fromEntries(
      Object.entries(input.origins).map(([name, { instances, routes }]) => [
        name,
        {
          instances,
          routes: routes.map(({ size, latency, errorRate, cacheControl, path, body }) => ({
            path,
            body,
            ...(size === undefined ? {} : { sizeBytes: size }),
            ...(latency ? { latency: { p50Ms: latency.p50, p99Ms: latency.p99 } } : {}),
            ...(errorRate === undefined ? {} : { errorRate }),
            ...(cacheControl === undefined ? {} : { cacheControl }),
          })),
        },
      ]),
    ),
    clients: Object.fromEntries(
      Object.entries(input.clients).map(([name, { accept, consumer, key }]) => [
        name,
        { ...(accept ? { accept } : {}), ...(consumer ? { consumer } : {}), ...(key ? { key } : {}) },
      ]),
    ),
    traffic: input.traffic.map(toPhase),
    rounds: input.rounds,
    fresh: input.fresh,
    noiseFloor: input.noiseFloor,
    connections: input.connections,
    expect,
  }
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
  return { ...base, kind: 'rate', fromPerSecond: rate!, toPerSecond: to ?? rate!, arrivals: arrivals ?? 'poisson' }
}
