/**
 * Where a transform takes place: in an inner server on a Unix socket, so that the cache of the outer one keeps what
 * comes out of it. In one server the cache would keep the origin's JSON, and every hit would be transformed again.
 */
import type { Transform } from '../../../../policy/features/transform/line.ts'
import { type Location, locations } from '../../../../policy/locations.ts'
import type { Policy } from '../../../../policy/policy.ts'
import { blank, block, type ConfNode, comment, directive, verbatim } from '../../../emit/nginx-conf.ts'
import type { Site } from '../../../system.ts'
import type { LocationLines, NginxAdds } from '../../adds.ts'
import { badGateway, onBadGateway } from '../../bad-gateway.ts'
import { headerTitle, numbered, upstreamName } from '../../names.ts'
import { keepalive } from '../balancing.ts'
import { representationHeader, representationMaps, representationVariable } from './representations.ts'

/** What a transform adds; `content` are the lines and locations of an inner server: what makes the other representation. */
export function transformAdds(content: (proxied: readonly ConfNode[], upstream: string) => readonly ConfNode[]) {
  return {
    http: (policy, site) => [...representationMaps(policy), ...ways(policy, innerServers(policy, site))],
    servers: (policy, site) =>
      innerServers(policy, site).flatMap(({ origin, socket }) => [
        blank,
        comment('What comes out of here is kept by the cache of the server above.'),
        block(
          'server',
          [],
          [
            directive('listen', verbatim(socket)),
            onBadGateway,
            blank,
            ...content(proxied, upstreamName(origin)),
            blank,
            ...badGateway,
          ],
        ),
      ]),
    keyParts: (policy, { transform }) =>
      transform ? { representation: representationVariable(policy, transform) } : {},
    location: (location, { policy, site }) => throughInnerServer(policy, location, innerServers(policy, site)),
  } satisfies NginxAdds
}

/** One inner server for each transform line and origin it covers. */
interface Inner {
  readonly transform: Transform
  readonly origin: string
  /** The upstream block that leads to it. */
  readonly upstream: string
  /** The variable with where to go: the inner server, or straight to the origin. */
  readonly backend: string
  readonly socket: string
}

function innerServers(policy: Policy, site: Site): readonly Inner[] {
  const pairs = new Map<string, { transform: Transform; origin: string }>()
  for (const { transform, route } of locations(policy))
    if (transform)
      pairs.set(`${policy.transform.indexOf(transform)} ${route.origin}`, { transform, origin: route.origin })
  return [...pairs.values()].map((pair, index) => ({
    ...pair,
    upstream: numbered('edge_transform', index),
    backend: `$${numbered('backend', index)}`,
    socket: `unix:${site.scratchDir}/${numbered('transform', index)}.sock`,
  }))
}

/** Settings of the http block: which way a request goes, and the way to the inner servers. */
function ways(policy: Policy, inner: readonly Inner[]): readonly ConfNode[] {
  return inner.flatMap(({ transform, origin, upstream, backend, socket }, index) => [
    ...(index === 0 ? [comment('Only what is transformed takes the way through the inner server.')] : []),
    block(
      'map',
      [representationVariable(policy, transform), backend],
      [directive('', upstreamName(origin)), directive('default', upstream)],
    ),
    block('upstream', [upstream], [directive('server', verbatim(socket), 'max_fails=0'), ...keepalive]),
    blank,
  ])
}

/** Lines of a location of the outer server. */
function throughInnerServer(policy: Policy, { transform, route }: Location, inner: readonly Inner[]): LocationLines {
  const way = inner.find((each) => each.transform === transform && each.origin === route.origin)
  if (!transform || !way) return {}
  return {
    uncompressed: true,
    headers: [[representationHeader, representationVariable(policy, transform)]],
    answerHeaders: [
      comment('Added here and not by the inner server: nginx would keep one entry for every spelling of Accept.'),
      directive('add_header', 'Vary', 'Accept'),
    ],
    pass: [directive('proxy_pass', `http://${way.backend}`)],
  }
}

/** How an inner server asks the origin. */
const proxied: readonly ConfNode[] = [
  directive('proxy_set_header', 'Host', '$http_host'),
  directive('proxy_set_header', 'Connection', ''),
  directive('proxy_set_header', 'Accept-Encoding', ''),
  directive('proxy_set_header', headerTitle(representationHeader), ''),
  comment('Conditions and ranges are about the origin’s bytes, which the client never sees.'),
  ...['If-None-Match', 'If-Modified-Since', 'If-Match', 'If-Unmodified-Since', 'Range', 'If-Range'].map((name) =>
    directive('proxy_set_header', name, ''),
  ),
]
