/** API keys by routers: one for each key, and one for everybody else. */
import type { ApiKey } from '../../policy/features/api-key/line.ts'
import { consumerHeader, type Policy } from '../../policy/policy.ts'
import { headerValue } from '../emit/http-header.ts'
import { commented, type YamlData } from '../emit/yaml.ts'
import type { ByName, Router, TraefikCell } from './native/adds.ts'
import { nameOf, numbered } from './native/names.ts'
import { headerRule, pathRule, priorityOf } from './native/rules.ts'

export const apiKey: TraefikCell<'apiKey'> = {
  support: {
    level: 'native',
    how: 'There is no middleware for keys. A router for each key matches the header, names the consumer and takes the key away; the routers of the paths have these as parents, so that nobody else comes there. A last router answers 401 to the rest, by a list of allowed addresses on which nobody is. Of two headers one with a key is enough. Every key costs a router, and stands in the configuration as plain text.',
    docs: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/multi-layer-routing/',
  },
  adds: {
    middlewares: keyMiddlewares,
    routers: keyRouters,
    location: ({ apiKey }, policy) => (apiKey ? { parents: identifying(apiKey, policy) } : {}),
  },
  fidelity: ({ header, consumers }) => ({
    level: 'approximated',
    how: `${consumers.length} routers with Header(${header}, …), each with a middleware that sets ${consumerHeader} and takes ${header} away, and one that refuses with 401 and a body of plain text. A request with several ${header} headers passes where one of them is a key.`,
  }),
}

/** Traefik has no middleware that answers. It has one that refuses addresses, with a status of one's choice. */
const unauthorized = commented('Nobody has this address: everybody is refused, with the status that is wanted.', {
  ipAllowList: { sourceRange: ['255.255.255.255/32'], rejectStatusCode: 401 },
})

/** A service of Traefik's own: a router must have one, even where its middlewares answer everything. */
const nowhere = 'noop@internal'

/** The routers that let a line's consumers through. */
export function identifying(line: ApiKey, policy: Policy): readonly string[] {
  const index = policy.apiKey.indexOf(line)
  return line.consumers.map(({ name }) => numbered(`by-${nameOf(name)}`, index))
}

function keyMiddlewares({ apiKey }: Policy): ByName {
  if (apiKey.length === 0) return {}
  return Object.fromEntries([
    ...apiKey.flatMap(({ header, consumers }, index) =>
      consumers.map(({ name }): [string, YamlData] => [
        numbered(`as-${nameOf(name)}`, index),
        { headers: { customRequestHeaders: { [consumerHeader]: headerValue(name), [headerName(header)]: '' } } },
      ]),
    ),
    ['challenge', { headers: { customResponseHeaders: { 'WWW-Authenticate': 'ApiKey realm="edge"' } } }],
    ['unauthorized', unauthorized],
  ])
}

function keyRouters(policy: Policy): ByName<Router> {
  return Object.assign(
    {},
    ...policy.apiKey.map((line, index) => {
      const { path, header, consumers } = line
      const names = identifying(line, policy)
      return {
        ...Object.fromEntries(
          consumers.map(({ name, key }, at): [string, Router] => [
            names[at]!,
            {
              ...(at === 0
                ? { note: 'A router for each key. None has a service: from here on only its children lead.' }
                : {}),
              rule: `${headerRule(headerName(header), key)} && (${pathRule(path)})`,
              priority: priorityOf(path, 2),
              middlewares: [numbered(`as-${nameOf(name)}`, index)],
            },
          ]),
        ),
        [numbered('strangers', index)]: {
          note: 'Whoever has no key.',
          rule: pathRule(path),
          priority: priorityOf(path, 1),
          middlewares: ['challenge', 'unauthorized'],
          service: nowhere,
        },
      }
    }),
  )
}

/** Throws TypeError on what cannot be a header's name. */
function headerName(header: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(header)) throw new TypeError(`not a header name: ${JSON.stringify(header)}`)
  return header
}
