/** Which lines of a policy apply where: computed once here, so that every system reads a policy the same way. */
import type { ApiKey, Balancing, Cache, Policy, RateLimit, Route, Transform } from './policy.ts'

/** One path prefix and everything that applies below it. */
export interface Location {
  readonly path: string
  readonly route: Route
  readonly balancing: Balancing
  readonly cache: Cache | undefined
  readonly apiKey: ApiKey | undefined
  readonly rateLimit: RateLimit | undefined
  readonly transform: Transform | undefined
}

/** True where `prefix` takes `path`: on segment borders, `/` takes everything. */
export function prefixTakes(prefix: string, path: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)
}

/**
 * Every prefix that the policy names, longest first, with the line of each feature that applies there: the one with
 * the longest matching prefix. Prefixes that no route takes are left out (parse.ts reports them).
 */
export function locations(policy: Policy): readonly Location[] {
  const { routes, cache, apiKey, rateLimit, transform } = policy
  const paths = new Set([routes, cache, apiKey, rateLimit, transform].flatMap((lines) => lines.map(({ path }) => path)))
  return [...paths]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .flatMap((path) => {
      const route = longestPrefix(routes, path)
      if (!route) return []
      return {
        path,
        route,
        balancing: balancingOf(policy, route.origin),
        cache: longestPrefix(cache, path),
        apiKey: longestPrefix(apiKey, path),
        rateLimit: longestPrefix(rateLimit, path),
        transform: longestPrefix(transform, path),
      }
    })
}

/** The balancing line of an origin; round-robin where the policy has none. */
export function balancingOf(policy: Policy, origin: string): Balancing {
  return policy.balancing.find((line) => line.origin === origin) ?? { origin, method: 'round-robin' }
}

/** The line whose prefix takes the path; the longest wins. */
export function longestPrefix<Line extends { readonly path: string }>(
  lines: readonly Line[],
  path: string,
): Line | undefined {
  return lines
    .filter((line) => prefixTakes(line.path, path))
    .reduce<Line | undefined>((best, line) => (best && best.path.length >= line.path.length ? best : line), undefined)
}
