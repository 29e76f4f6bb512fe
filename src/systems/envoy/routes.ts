import type { EnvoyCell } from './bootstrap/adds.ts'
import { pathMatch } from './bootstrap/matching.ts'

export const routes: EnvoyCell<'routes'> = {
  support: {
    level: 'native',
    how: 'A list of routes, of which the first that matches counts: so the longest paths come first. path_separated_prefix ends at a slash, which a plain prefix does not. Envoy compares with the path as it was sent, and tidies it up (dot segments, double slashes, encoded letters) only when it is told to.',
    docs: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routematch',
  },
  // The routes themselves are those of bootstrap/location-routes.ts: one for every path that any line names.
  adds: {},
  fidelity: ({ path, origin }) => {
    const [kind] = Object.keys(pathMatch(path))
    return {
      level: 'exact',
      how: `${kind} with cluster ${origin}; longer paths stand before it. normalize_path, merge_slashes and path_with_escaped_slashes_action, off by default, keep other spellings of a path from getting past it.`,
    }
  },
}
