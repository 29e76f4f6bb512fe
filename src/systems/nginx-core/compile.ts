/** Collects what the cells add to nginx.conf and to the files that it includes. It knows no feature. */
import { type Location, locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { addsOf, type Cells, supportOf } from '../cell.ts'
import { blank, type ConfNode, directive, writeNginxConf } from '../emit/nginx-conf.ts'
import { fidelityOf, supportedPart } from '../fidelity.ts'
import type { NativeConfig, NativeFile, Site } from '../system.ts'
import type { LocationLines, NginxAdds } from './adds.ts'
import { onBadGateway } from './bad-gateway.ts'
import { edgeServer } from './frame/edge-server.ts'
import { locationBlocks } from './frame/location-blocks.ts'
import { mainContext } from './frame/main-context.ts'
import { proxySettings, requestHeaders } from './proxying.ts'

/** What a system adds beside its cells. */
export interface Surroundings {
  /** Lines before the http block: modules to load. */
  readonly main: readonly ConfNode[]
  /** First settings of the http block. */
  readonly http: readonly ConfNode[]
  /** First lines of a location. */
  readonly guard: (location: Location) => readonly ConfNode[]
  /** What answers `readyPath`. */
  readonly ready: readonly ConfNode[]
  readonly files: readonly NativeFile[]
}

export const plainSurroundings: Surroundings = {
  main: [],
  http: [],
  guard: () => [],
  ready: [directive('return', '204')],
  files: [],
}

/**
 * Pure. `surroundings` gets the part of the policy that the system can carry out. Throws TypeError where a name or path
 * holds what no nginx configuration can say (NUL, `$` in a name).
 */
export function compileNginx(
  cells: Cells<NginxAdds>,
  policy: Policy,
  site: Site,
  surroundings: (possible: Policy) => Surroundings = () => plainSurroundings,
): NativeConfig {
  const possible = supportedPart(policy, { support: supportOf(cells) })
  const all = addsOf(cells)
  const each = (nodes: (adds: NginxAdds) => readonly ConfNode[] | undefined) => all.flatMap((adds) => nodes(adds) ?? [])
  const around = surroundings(possible)
  const consumer = all.map((adds) => adds.consumer?.(possible)).find((variable) => variable !== undefined) ?? ''
  const serverSettings = each((adds) => adds.server?.(possible))
  const { nodes, files } = locationBlocks(locations(possible), (location) => {
    const keyParts = Object.assign({}, ...all.map((adds) => adds.keyParts?.(possible, location)))
    const lines = all.flatMap((adds) => adds.location?.(location, { policy: possible, site, keyParts }) ?? [])
    return [...around.guard(location), ...inPlace(lines, consumer, serverSettings)]
  })
  const named = each((adds) => adds.namedLocations?.(possible))
  const main = mainContext(site, around.main, [
    ...around.http,
    ...proxySettings,
    blank,
    ...each((adds) => adds.http?.(possible, site)),
    ...each((adds) => adds.upstreams?.(possible, site)),
    edgeServer(site, serverSettings, around.ready, [...nodes, blank, ...named]),
    ...each((adds) => adds.servers?.(possible, site)),
  ])
  return {
    files: [{ path: 'nginx.conf', language: 'nginx', text: writeNginxConf(main) }, ...files, ...around.files],
    fidelity: fidelityOf(policy, cells),
  }
}

/** The lines of one location, each where it belongs, and of the server's those that it would lose by its own. */
function inPlace(lines: readonly LocationLines[], consumer: string, server: readonly ConfNode[]): readonly ConfNode[] {
  const all = lines.flatMap(({ admission = [], cache = [], pass = [] }) => [...admission, ...cache, ...pass])
  const named = (nodes: readonly ConfNode[], name: string): readonly ConfNode[] =>
    nodes.filter((node) => node.kind === 'directive' && node.name === name)
  const answerHeaders = lines.flatMap(({ answerHeaders }) => answerHeaders ?? [])
  return [
    ...lines.flatMap(({ admission }) => admission ?? []),
    // With an error_page of its own a location inherits none.
    ...(named(all, 'error_page').length > 0 ? [onBadGateway] : []),
    blank,
    ...lines.flatMap(({ cache }) => cache ?? []),
    blank,
    ...requestHeaders(
      consumer,
      lines.flatMap(({ headers }) => headers ?? []),
      lines.some(({ uncompressed }) => uncompressed),
    ),
    ...(answerHeaders.length > 0 ? [...named(server, 'add_header'), ...answerHeaders] : []),
    ...(lines.findLast(({ pass }) => pass !== undefined)?.pass ?? []),
  ]
}
