/** Collects what the cells add to one JSON file: the native form of Caddy, into which a Caddyfile is translated too. */
import { type Location, locations } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import { addsOf, type Cells, supportOf } from '../../cell.ts'
import { writeJson } from '../../emit/json.ts'
import { fidelityOf, supportedPart } from '../../fidelity.ts'
import { hostAndPort, type NativeConfig, readyPath, type Site } from '../../system.ts'
import type { CaddyAdds, LocationParts, Module } from './adds.ts'
import { answer, errorBody } from './answers.ts'
import { ambiguousPath, pathMatch } from './paths.ts'

export const configFile = 'caddy.json'

/** Pure. Throws TypeError where a header's name or value could not be one, or a text is none. */
export function compileCaddy(cells: Cells<CaddyAdds>, policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, { support: supportOf(cells) })
  const all = addsOf(cells)
  const places = locations(possible).map((location) => ({
    location,
    parts: all.flatMap((adds) => adds.location?.(location, possible) ?? []),
  }))
  const first = all.flatMap((adds) => adds.first?.(possible) ?? [])
  const server: Module = {
    listen: [hostAndPort(site.listen)],
    protocols: ['h1'],
    automatic_https: { disable: true },
    routes: [
      route([{ path: [readyPath] }], { handler: 'static_response', status_code: 204 }),
      ...(places.some(({ location: { path } }) => path !== '/')
        ? [route([ambiguousPath], answer(400, errorBody('ambiguous_path')))]
        : []),
      ...(first.length > 0 ? [{ handle: first }] : []),
      ...places.flatMap(routesOf),
      // Without it Caddy would answer 200 with nothing in it.
      route([], answer(404, errorBody('not_found'))),
    ],
    named_routes: Object.fromEntries(
      places.map((place) => [
        proxyName(place),
        {
          handle: [
            {
              handler: 'reverse_proxy',
              ...Object.assign({}, ...all.map((adds) => adds.proxy?.(place.location.route.origin, possible, site))),
              headers: { request: Object.assign({}, ...place.parts.map(({ headers }) => headers)) },
            },
          ],
        },
      ]),
    ),
    errors: { routes: [route([], answer('{http.error.status_code}', errorBody('bad_gateway')))] },
  }
  return {
    files: [{ path: configFile, language: 'json', text: writeJson(frame(server)) }],
    fidelity: fidelityOf(policy, cells),
  }
}

/** What surrounds the server. */
function frame(server: Module): Module {
  return {
    admin: { disabled: true },
    // http.log.error would write every request that fails, with all of its headers: keys too.
    logging: { logs: { default: { level: 'WARN', writer: { output: 'stderr' }, exclude: ['http.log.error'] } } },
    apps: { http: { grace_period: '2s', servers: { edge: server } } },
  }
}

/** A location, and what the cells add for it. */
interface Place {
  readonly location: Location
  readonly parts: readonly LocationParts[]
}

function routesOf(place: Place): readonly Module[] {
  const path = pathMatch(place.location.path)
  return [
    ...place.parts
      .flatMap(({ refusals }) => refusals ?? [])
      .map(({ match, answer }) => route([{ ...path, ...match }], answer)),
    route([path], { handler: 'invoke', name: proxyName(place) }),
  ]
}

/**
 * Every reverse_proxy handler has connections and turns of its own. So it is a named route, which serves all locations
 * of an origin whose requests get the same headers.
 */
function proxyName({ location, parts }: Place): string {
  return [location.route.origin, ...parts.flatMap(({ apart }) => apart ?? [])].join(' ')
}

/** Routes are tried in their order; this one is the last where it matches. */
function route(match: readonly Module[], handler: Module): Module {
  const some = match.filter((matchers) => Object.keys(matchers).length > 0)
  return { ...(some.length > 0 ? { match: some } : {}), handle: [handler], terminal: true }
}
