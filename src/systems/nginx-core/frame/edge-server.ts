/** The server that clients reach, the same in both systems. */
import { blank, block, type ConfNode, directive, verbatim } from '../../emit/nginx-conf.ts'
import { hostAndPort, readyPath, type Site } from '../../system.ts'
import { badGateway, onBadGateway } from '../bad-gateway.ts'

/** `ready` answers readyPath, `locations` is what routes and named locations become. */
export function edgeServer(
  site: Site,
  settings: readonly ConfNode[],
  ready: readonly ConfNode[],
  locations: readonly ConfNode[],
): ConfNode {
  return block(
    'server',
    [],
    [
      directive('listen', verbatim(hostAndPort(site.listen))),
      onBadGateway,
      ...settings,
      blank,
      block('location', ['=', readyPath], ready),
      blank,
      ...locations,
      blank,
      ...badGateway,
    ],
  )
}
