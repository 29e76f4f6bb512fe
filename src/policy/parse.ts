/** From what people wrote to a policy: defaults filled in, keys made, and everything checked that one line cannot see. */
import type { PolicyInput } from './input.ts'
import { prefixTakes } from './locations.ts'
import type { Cache, CacheKeyPart, Policy } from './policy.ts'

/** A mistake at a place of the policy, for example `['cache', 0, 'path']`. */
export interface PolicyProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** `makeKey` makes the secret of a consumer that has none written down. */
export function toPolicy(input: PolicyInput, makeKey: (consumer: string) => string): Policy {
  const covers = (lines: readonly { readonly path: string }[], path: string): boolean =>
    lines.some((line) => prefixTakes(line.path, path))
  const keyOf = ({ path, key }: PolicyInput['cache'][number]): readonly CacheKeyPart[] => [
    ...(key ?? (['path', 'query'] as const)),
    ...(key === undefined && covers(input.apiKey, path) ? (['consumer'] as const) : []),
    ...(key === undefined && covers(input.transform, path) ? (['representation'] as const) : []),
  ]
  return {
    routes: input.routes,
    balancing: input.balancing.map(({ origin, method, weights }) => ({
      origin,
      method,
      ...(weights ? { weights } : {}),
    })),
    cache: input.cache.map(
      (line): Cache => ({
        path: line.path,
        ttlMs: line.ttl ?? 0,
        key: keyOf(line),
        coalesce: line.coalesce,
        staleOnErrorMs: line.staleOnError ?? 0,
      }),
    ),
    apiKey: input.apiKey.map((line) => ({
      ...line,
      consumers: line.consumers.map((each) => (typeof each === 'string' ? { name: each, key: makeKey(each) } : each)),
    })),
    rateLimit: input.rateLimit.map(({ path, limit, burst, per }) => ({ path, ratePerSecond: limit, burst, per })),
    transform: input.transform,
  }
}

/** What is wrong between the lines of a policy. `instances` by origin; an origin that is not there is a mistake. */
export function policyProblems(input: PolicyInput, instances: ReadonlyMap<string, number>): readonly PolicyProblem[] {
  const origins = [...instances.keys()].join(', ') || 'none'
  const missing = (origin: string): string => `there is no origin “${origin}” in this file; it has ${origins}`
  const located = (['cache', 'apiKey', 'rateLimit', 'transform'] as const).flatMap((feature) =>
    input[feature].flatMap((line, index) =>
      // Without any route the routes themselves could not be read: that is the mistake.
      input.routes.length === 0 || input.routes.some((route) => prefixTakes(route.path, line.path))
        ? []
        : [{ path: [feature, index, 'path'], message: `no route takes ${line.path}, so nothing would ever come here` }],
    ),
  )
  const twice = (['routes', 'cache', 'apiKey', 'rateLimit', 'transform'] as const).flatMap((feature) =>
    repeated(input[feature].map((line) => line.path)).map((index) => ({
      path: [feature, index, 'path'],
      message: `${input[feature][index]!.path} has a line of this feature already`,
    })),
  )
  return [
    ...input.routes.flatMap(({ origin }, index) =>
      instances.has(origin) ? [] : [{ path: ['routes', index, 'origin'], message: missing(origin) }],
    ),
    ...input.balancing.flatMap((line, index) => balancingProblems(line, index, instances, missing)),
    ...input.cache.flatMap(({ path, key }, index) =>
      key &&
      !key.includes('representation') &&
      input.transform.some((line) => prefixTakes(line.path, path) || prefixTakes(path, line.path))
        ? [
            {
              path: ['cache', index, 'key'],
              message: 'transform makes several answers of one path: add representation to the key',
            },
          ]
        : [],
    ),
    ...input.cache.flatMap(({ key }, index) =>
      key && !key.includes('path')
        ? [{ path: ['cache', index, 'key'], message: 'a key without path would mix all answers' }]
        : [],
    ),
    ...input.apiKey.flatMap(({ consumers }, index) => [
      ...repeated(consumers.map((each) => (typeof each === 'string' ? each : each.name))).map((at) => ({
        path: ['apiKey', index, 'consumers', at],
        message: 'this consumer is in the list already',
      })),
      ...repeated(consumers.map((each, at) => (typeof each === 'string' ? at : each.key))).map((at) => ({
        path: ['apiKey', index, 'consumers', at],
        message: 'another consumer has this key already',
      })),
    ]),
    ...located,
    ...twice,
  ]
}

function balancingProblems(
  { origin, method, weights }: PolicyInput['balancing'][number],
  index: number,
  instances: ReadonlyMap<string, number>,
  missing: (origin: string) => string,
): readonly PolicyProblem[] {
  const at = (field: string, message: string): PolicyProblem => ({ path: ['balancing', index, field], message })
  if (!instances.has(origin)) return [at('origin', missing(origin))]
  if (method === 'weighted' && weights?.length !== instances.get(origin))
    return [
      at(
        weights ? 'weights' : 'method',
        `weighted needs one weight per instance of ${origin}: ${instances.get(origin)}`,
      ),
    ]
  return method !== 'weighted' && weights ? [at('weights', 'weights mean something only with weighted')] : []
}

/** Indices of entries that stand earlier in the list already. */
function repeated(values: readonly unknown[]): readonly number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))
}
