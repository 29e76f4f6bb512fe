/** From a policy to nginx.conf and the locations it includes. No scripting: what nginx cannot do itself is left out. */
import { locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { blank, type ConfNode, directive, writeNginxConf } from '../emit/nginx-conf.ts'
import { fidelityOf, supportedPart } from '../fidelity.ts'
import { onBadGateway } from '../nginx-core/bad-gateway.ts'
import { cacheLines, cacheStore } from '../nginx-core/cache.ts'
import { edgeServer } from '../nginx-core/frame.ts'
import { locationBlocks } from '../nginx-core/location-blocks.ts'
import { mainContext } from '../nginx-core/main.ts'
import { upstreamName } from '../nginx-core/names.ts'
import { proxySettings, requestHeaders } from '../nginx-core/proxying.ts'
import { upstreams } from '../nginx-core/upstreams.ts'
import type { NativeConfig, Site } from '../system.ts'
import { consumerVariable, keyCheck, keyMaps, keyRefusals } from './api-key.ts'
import { carried } from './fidelity.ts'
import { limitLines, limitRefusals, limitZones } from './rate-limit.ts'
import { support } from './support.ts'

/** Pure. Throws TypeError where a name or path holds what no nginx configuration can say (NUL, `$` in a name). */
export function compile(policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, support)
  const consumer = possible.apiKey.length > 0 ? consumerVariable : ''
  const { nodes, files } = locationBlocks(locations(possible), (location): readonly ConfNode[] => [
    ...keyCheck(possible, location),
    ...limitLines(possible, location),
    ...(location.apiKey || location.rateLimit ? [onBadGateway] : []),
    blank,
    ...cacheLines(location, location.apiKey ? { consumer } : {}),
    blank,
    ...requestHeaders(location, consumer),
    directive('proxy_pass', `http://${upstreamName(location.route.origin)}`),
  ])
  const main = mainContext(
    site,
    [],
    [
      ...proxySettings,
      blank,
      ...cacheStore(possible, site),
      ...keyMaps(possible),
      ...limitZones(possible),
      ...upstreams(possible, site),
      edgeServer(
        possible,
        site,
        [directive('return', '204')],
        [...nodes, blank, ...keyRefusals(possible), ...limitRefusals(possible)],
      ),
    ],
  )
  return {
    files: [{ path: 'nginx.conf', language: 'nginx', text: writeNginxConf(main) }, ...files],
    fidelity: fidelityOf(policy, support, (line) => carried(policy, line)),
  }
}
