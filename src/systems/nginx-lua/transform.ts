/**
 * Where the transform takes place: in an inner server on a Unix socket, so that the cache of the outer one keeps what
 * comes out of it. In one server the cache would keep the origin's JSON, and every hit would be transformed again.
 */

import type { Transform } from '../../policy/features/transform/line.ts'
import type { Location } from '../../policy/locations.ts'
import { locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { blank, block, type ConfNode, comment, directive, luaBlock, verbatim } from '../emit/nginx-conf.ts'
import { badGateway, onBadGateway } from '../nginx-core/bad-gateway.ts'
import { keepalive } from '../nginx-core/balancing.ts'
import { numbered, regexText, upstreamName } from '../nginx-core/names.ts'
import type { Site } from '../system.ts'
import type { LuaCell } from './adds.ts'
import { compactLua } from './assets/compact.lua.ts'
import { jsonLua } from './assets/json.lua.ts'
import { transformLua } from './assets/transform.lua.ts'
import { xmlLua } from './assets/xml.lua.ts'

export const transform: LuaCell<'transform'> = {
  support: {
    level: 'script',
    how: 'Lua reads the origin’s JSON as text and writes XML or compact JSON of it. It does not decode it: the JSON library of nginx’s Lua makes {} of [] and rounds long numbers. The worker serves nobody else meanwhile, so large documents cost everyone.',
    docs: 'https://github.com/openresty/lua-nginx-module#ngxlocationcapture',
  },
  adds: {
    http: (policy, site) => transformMaps(policy, innerServers(policy, site)),
    servers: (policy, site) => innerServerBlocks(innerServers(policy, site)),
    modules: { 'edge.json': jsonLua, 'edge.xml': xmlLua, 'edge.compact': compactLua, 'edge.transform': transformLua },
    keyParts: (policy, { transform }) =>
      transform ? { representation: representationVariable(policy, transform) } : {},
    location: (location, { policy, site }) => {
      const pass = throughTransform(policy, location, innerServers(policy, site))
      return pass ? { pass, uncompressed: true } : {}
    },
  },
  fidelity: ({ representations }) => {
    const files = [...new Set(representations.map(({ as }) => (as === 'xml' ? 'edge/xml.lua' : 'edge/compact.lua')))]
    const xml = representations.some(({ as }) => as === 'xml')
    return {
      level: 'exact',
      how: [
        `map $http_accept chooses; an inner server fetches the whole answer and edge/transform.lua with ${files.join(' and ')} makes the other of its text, without reading it into values.`,
        'Broken JSON becomes 502.',
        xml ? 'Characters that XML does not have (control characters) become U+FFFD.' : '',
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
}

/** Tells the inner server what to make. It is reached through the socket only, so no client can send it. */
const representationHeader = 'X-Edge-Representation'

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

/** The variable with the representation that a request wants; empty where the origin's JSON is what it wants. */
function representationVariable(policy: Policy, transform: Transform): string {
  return `$${numbered('representation', policy.transform.indexOf(transform))}`
}

/** Settings of the http block: which representation, which way, and the way to the inner servers. */
function transformMaps(policy: Policy, inner: readonly Inner[]): readonly ConfNode[] {
  return [
    ...policy.transform.flatMap((transform, index) => [
      ...(index === 0 ? [comment('A media type that Accept names, in any case, unless with q=0.')] : []),
      block(
        'map',
        ['$http_accept', representationVariable(policy, transform)],
        [
          directive('default', ''),
          ...transform.representations.map(({ accept, as }) =>
            directive(`~*(?:^|,)\\s*${regexText(accept)}(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))\\s*(?:[;,]|$)`, as),
          ),
        ],
      ),
      blank,
    ]),
    ...inner.flatMap(({ transform, origin, upstream, backend, socket }, index) => [
      ...(index === 0 ? [comment('Only what is transformed takes the way through the inner server.')] : []),
      block(
        'map',
        [representationVariable(policy, transform), backend],
        [directive('', upstreamName(origin)), directive('default', upstream)],
      ),
      block('upstream', [upstream], [directive('server', verbatim(socket), 'max_fails=0'), ...keepalive]),
      blank,
    ]),
  ]
}

/** Lines of a location of the outer server; undefined where nothing is transformed. */
function throughTransform(
  policy: Policy,
  { transform, cache, route }: Location,
  inner: readonly Inner[],
): readonly ConfNode[] | undefined {
  const way = inner.find((each) => each.transform === transform && each.origin === route.origin)
  if (!transform || !way) return undefined
  return [
    directive('proxy_set_header', representationHeader, representationVariable(policy, transform)),
    ...(cache ? [directive('add_header', 'X-Cache', '$upstream_cache_status', 'always')] : []),
    comment('Added here and not by the inner server: nginx would keep one entry for every spelling of Accept.'),
    directive('add_header', 'Vary', 'Accept'),
    directive('proxy_pass', `http://${way.backend}`),
  ]
}

function innerServerBlocks(inner: readonly Inner[]): readonly ConfNode[] {
  return inner.flatMap(({ origin, socket }) => [
    blank,
    comment('What comes out of here is kept by the cache of the server above.'),
    block(
      'server',
      [],
      [
        directive('listen', verbatim(socket)),
        onBadGateway,
        blank,
        block('location', ['/'], [luaBlock('content_by_lua_block', 'require("edge.transform").answer()')]),
        blank,
        block(
          'location',
          ['=', '/__edge/origin'],
          [
            directive('internal'),
            comment('Large answers stay in memory: they go to Lua as a whole.'),
            directive('proxy_buffers', '64', '16k'),
            directive('proxy_set_header', 'Host', '$http_host'),
            directive('proxy_set_header', 'Connection', ''),
            directive('proxy_set_header', 'Accept-Encoding', ''),
            directive('proxy_set_header', representationHeader, ''),
            comment('Conditions and ranges are about the origin’s bytes, which the client never sees.'),
            ...['If-None-Match', 'If-Modified-Since', 'If-Match', 'If-Unmodified-Since', 'Range', 'If-Range'].map(
              (name) => directive('proxy_set_header', name, ''),
            ),
            directive('proxy_pass', `http://${upstreamName(origin)}$request_uri`),
          ],
        ),
        blank,
        ...badGateway,
      ],
    ),
  ])
}
