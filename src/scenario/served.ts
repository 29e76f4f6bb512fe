/** What would answer a path: the policy's route that takes it, and the route of the origin behind it. */

import type { Route } from '../policy/features/routes/line.ts'
import { longestPrefix } from '../policy/paths/prefix.ts'
import type { Policy } from '../policy/policy.ts'
import type { MixEntry, OriginRoute, Scenario } from './scenario.ts'

/** A path of those that a line of the mix asks for, without the query: `/items/{1..9}?full` → `/items/1`. */
export function pathOf({ path }: Pick<MixEntry, 'path'>): string {
  return path.split('?')[0]!.replaceAll(/\{(\d+)\.\.\d+\}/g, '$1')
}

/** The policy's route for a path; undefined where no route takes it, so that every system answers 404. */
export function routeOf({ routes }: Pick<Policy, 'routes'>, path: string): Route | undefined {
  return longestPrefix(routes, path)
}

/** True where one of the origin's own routes answers the path. Capitals matter, as they do in every system. */
export function serves({ routes }: { readonly routes: readonly Pick<OriginRoute, 'path'>[] }, path: string): boolean {
  const segments = path.split('/')
  return routes.some((route) => segmentsTake(route.path.split('/'), segments))
}

/** A pattern against a path, segment by segment: `{…}` takes any one that is not empty, everything else is literal. */
export function segmentsTake(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((wanted, n) => (wanted.startsWith('{') && wanted.endsWith('}') ? path[n] !== '' : wanted === path[n]))
  )
}

/** The paths, as lines of the mix have them, at which a document belongs to whoever asks; each once. */
export function personalPaths({
  traffic,
  policy,
  origins,
}: Pick<Scenario, 'traffic' | 'policy' | 'origins'>): readonly string[] {
  const isPersonal = (entry: MixEntry): boolean => {
    const path = pathOf(entry)
    const routes = origins[routeOf(policy, path)?.origin ?? '']?.routes ?? []
    return routes.some((route) => route.body === 'account' && segmentsTake(route.path.split('/'), path.split('/')))
  }
  return [...new Set(traffic.flatMap(({ mix }) => mix.filter(isPersonal).map(({ path }) => path)))]
}
