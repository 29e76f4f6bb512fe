/** What the probes of all features share: where to ask, as whom, and how to say what was seen. */
import type { Exchange } from '../../http/answer.ts'
import { get, type Request } from '../../http/request.ts'
import { type Location, locations, prefixTakes } from '../locations.ts'
import type { Policy } from '../policy.ts'
import type { Dress, ProbeTools, ProbeVerdict } from '../probe.ts'

export interface ProbeContext {
  readonly policy: Policy
  /** Paths that the origins answer with 200, as many as asked for, all different, below a policy path. */
  readonly places: (policyPath: string, count: number) => readonly string[]
  /** One path for each kind of document that the origins have below a policy path: small and large ones. */
  readonly documents: (policyPath: string) => readonly string[]
}

/** The location that takes a path, with or without a query: the longest prefix. */
export function locationOf(policy: Policy, path: string): Location | undefined {
  const bare = path.replace(/\?.*/s, '')
  return locations(policy).find((location) => prefixTakes(location.path, bare))
}

/**
 * A request that the policy lets through: with a consumer's key where the path wants one, and with a Host of its own
 * where places differ by a query (`?probe=900001`) that the cache does not look at.
 */
export function admitted(policy: Policy, path: string, headers: Record<string, string> = {}, who = 0): Request {
  const { apiKey, cache } = locationOf(policy, path) ?? {}
  const consumer = apiKey?.consumers[who % apiKey.consumers.length]
  const own = cache?.key.includes('query') === false ? /\?probe=(\d+)/.exec(path)?.[1] : undefined
  return get(path, {
    ...(apiKey && consumer ? { [apiKey.header]: consumer.key } : {}),
    ...(own ? { host: `probe-${own}.example` } : {}),
    ...headers,
  })
}

/** Runs while the origins answer these paths so; afterwards they answer as their routes say. */
export async function whileDressed<Result>(
  tools: ProbeTools,
  dressed: Readonly<Record<string, Dress>>,
  run: () => Promise<Result>,
): Promise<Result> {
  await tools.dressOrigin(dressed)
  return run().finally(() => tools.dressOrigin({}))
}

/** The longest run of requests that a rate limit at this path lets through at once; Infinity without one. */
export function headroom(policy: Policy, path: string): number {
  return locationOf(policy, path)?.rateLimit?.burst ?? Number.POSITIVE_INFINITY
}

/** Milliseconds after which the bucket at this path is full again, with a margin. */
export function refillMs(policy: Policy, path: string): number {
  const limit = locationOf(policy, path)?.rateLimit
  return limit ? (limit.burst / limit.ratePerSecond) * 1000 + 300 : 0
}

/** One after another, with a pause wherever the bucket of this path may be empty. */
export async function inTurn(
  tools: ProbeTools,
  policy: Policy,
  path: string,
  ...requests: readonly Request[]
): Promise<readonly Exchange[]> {
  const answers: Exchange[] = []
  const room = headroom(policy, path)
  for (let at = 0; at < requests.length; at += room) {
    await tools.wait(refillMs(policy, path))
    answers.push(...(await tools.send(...requests.slice(at, at + room))))
  }
  return answers
}

export function verdict(
  passed: boolean,
  expected: string,
  received: string,
  evidence: readonly Exchange[],
): ProbeVerdict {
  return { passed, expected, received, evidence: evidence.slice(0, 4) }
}

/** `200, 200, 429` → `2 × 200, 1 × 429`, in order of first appearance; `no answer` for 0. */
export function tally(values: readonly (string | number)[]): string {
  const counts = new Map<string, number>()
  for (const value of values) {
    const name = value === 0 ? 'no answer' : String(value)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(', ') || 'nothing'
}
