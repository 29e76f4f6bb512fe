/** The server that clients reach, the same in both systems. */
import type { Policy } from '../../policy/policy.ts'
import { blank, block, type ConfNode, directive, verbatim } from '../emit/nginx-conf.ts'
import { hostAndPort, readyPath, type Site } from '../system.ts'
import { badGateway, onBadGateway } from './bad-gateway.ts'
import { cacheStatus } from './cache.ts'

/** `ready` answers readyPath, `locations` is what routes and named locations become. */
export function edgeServer(
  policy: Policy,
  site: Site,
  ready: readonly ConfNode[],
  locations: readonly ConfNode[],
): ConfNode {
  return block(
    'server',
    [],
    [
      directive('listen', verbatim(hostAndPort(site.listen))),
      onBadGateway,
      ...(policy.cache.length > 0 ? cacheStatus : []),
      blank,
      block('location', ['=', readyPath], ready),
      blank,
      ...locations,
      blank,
      ...badGateway,
    ],
  )
}
