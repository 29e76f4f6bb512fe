/** Collects what the cells add to one static bootstrap. It knows no feature. */
import { locations } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import { addsOf, type Cells, supportOf } from '../../cell.ts'
import { commented, writeYaml, type YamlData } from '../../emit/yaml.ts'
import { fidelityOf, supportedPart } from '../../fidelity.ts'
import type { NativeConfig, NativeFile, Site } from '../../system.ts'
import { type EnvoyAdds, type PlacedFilter, places } from './adds.ts'
import type { YamlMap } from './extension.ts'
import { headerMutation } from './header-mutation.ts'
import { locationHeaders, locationRoutes } from './location-routes.ts'
import { callerFilter, edgeListener, innerCluster, innerExtension, innerListener } from './managers.ts'
import { largerPatterns } from './matching.ts'
import { refusals } from './refusals.ts'

/** Pure. Throws TypeError where a name or path holds what no configuration can say (NUL, a line break in a header). */
export function compileEnvoy(cells: Cells<EnvoyAdds>, policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, { support: supportOf(cells) })
  const all = addsOf(cells)
  const patterns = largerPatterns(locations(possible).map(({ path }) => path))
  const routes = locationRoutes(possible, all)
  const filters = all.flatMap((adds) => adds.filters?.(possible, site) ?? [])
  const clusters = all.flatMap((adds) => adds.clusters?.(possible, site) ?? [])
  const [edgeChain, innerChain] = [chainOf(filters, routes.edge), chainOf(filters, routes.inner)]
  const says = refusals(all.flatMap((adds) => adds.refusals?.(possible) ?? []))
  const edge = edgeListener(site.listen, {
    routes: routes.edge,
    filters: [callerFilter, ...edgeChain.filters],
    refusals: says,
  })
  const bootstrap: YamlData = {
    ...(routes.inner.length > 0 ? { bootstrap_extensions: [innerExtension] } : {}),
    layered_runtime:
      patterns &&
      commented('Paths of other characters make longer expressions than the 100 steps that are allowed.', patterns),
    static_resources: commented('No admin: whoever reaches that interface may read the keys and stop the server.', {
      listeners: [
        edge,
        ...(routes.inner.length > 0
          ? [
              commented(
                'A cache asks the cluster of a route by itself: what else the route says would not apply, nor would filters\n' +
                  'behind it see the request. So what is done on the origin’s side of a cache is a second manager.',
                innerListener({ routes: routes.inner, filters: innerChain.filters, refusals: says }),
              ),
            ]
          : []),
      ],
      clusters: [...clusters, ...(routes.inner.length > 0 ? [innerCluster] : [])],
    }),
  }
  return {
    files: [
      { path: 'envoy.yaml', language: 'yaml', text: writeYaml(bootstrap) },
      ...new Map([...edgeChain.files, ...innerChain.files].map((file) => [file.path, file])).values(),
    ],
    fidelity: fidelityOf(policy, cells),
  }
}

interface Chain {
  readonly filters: readonly YamlData[]
  readonly files: readonly NativeFile[]
}

/** The filters that some route of a manager switches on, in their order. */
function chainOf(all: readonly PlacedFilter[], routes: readonly YamlMap[]): Chain {
  const used = new Set(routes.flatMap(({ typed_per_filter_config: on }) => Object.keys(on ?? {})))
  const headers: PlacedFilter = { place: 'headers', filter: headerMutation(locationHeaders, {}) }
  const ours = [headers, ...all].filter(({ filter }) => used.has(String(filter['name'])))
  const inOrder = places.flatMap((place) => ours.filter((one) => one.place === place))
  return {
    filters: inOrder.map(({ filter: { name, ...rest }, comment }) => {
      const off = { name, disabled: true, ...rest }
      return comment === undefined ? off : commented(comment, off)
    }),
    files: inOrder.flatMap(({ files = [] }) => files),
  }
}
