/** Which lines of a policy apply where: computed once here, so that every system reads a policy the same way. */
import { type Balancing, plainBalancing } from './features/balancing/line.ts'
import {
  featureOf,
  type LineOf,
  type OtherwiseOf,
  type Policy,
  type PolicyFeature,
  perFeature,
  policyFeatures,
} from './features/index.ts'
import { longestPrefix, prefixTakes } from './paths/prefix.ts'

type LinesThere = { readonly [F in PolicyFeature]: LineOf<F> | OtherwiseOf<F> }

/** One path prefix and everything that applies below it: a line of each feature, or undefined. */
export interface Location extends Omit<LinesThere, 'routes'> {
  readonly path: string
  readonly route: LineOf<'routes'>
}

/**
 * Every prefix that the policy names, longest first, with the line of each feature that applies there. Prefixes that no
 * route takes are left out (parse.ts reports them).
 */
export function locations(policy: Policy): readonly Location[] {
  const paths = new Set(policyFeatures.flatMap((feature) => pathsOf(feature, policy[feature])))
  return [...paths]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .flatMap((path) => {
      const route = longestPrefix(policy.routes, path)
      if (!route) return []
      const { routes: _, ...lines } = perFeature(
        (feature) => lineOn(policy, feature, path) ?? featureOf[feature].otherwise?.(route.origin),
      ) as LinesThere
      return { path, route, ...lines }
    })
}

/** The line of a feature that applies to a path: the one with the longest prefix, or that of the path's origin. */
export function lineOn<F extends PolicyFeature>(policy: Policy, feature: F, path: string): LineOf<F> | undefined {
  const lines: readonly LineOf<F>[] = policy[feature]
  const origin = longestPrefix(policy.routes, path)?.origin
  return lines
    .map((line) => ({ line, of: featureOf[feature].appliesTo(line) }))
    .filter(({ of }) => ('path' in of ? prefixTakes(of.path, path) : of.origin === origin))
    .reduce<{ line: LineOf<F>; length: number } | undefined>((best, { line, of }) => {
      const length = 'path' in of ? of.path.length : 0
      return best && best.length >= length ? best : { line, length }
    }, undefined)?.line
}

/** The paths that lines of a feature name, in their order; none where it applies to origins. */
export function pathsOf<F extends PolicyFeature>(feature: F, lines: Policy[F]): readonly string[] {
  return lines.flatMap((line: LineOf<F>) => {
    const of = featureOf[feature].appliesTo(line)
    return 'path' in of ? [of.path] : []
  })
}

/** The balancing line of an origin; round-robin where the policy has none. */
export function balancingOf({ balancing }: Pick<Policy, 'balancing'>, origin: string): Balancing {
  return balancing.find((line) => line.origin === origin) ?? plainBalancing(origin)
}
