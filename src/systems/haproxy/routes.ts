/** Which location takes a request, and which backend gets it. */
import type { Route } from '../../policy/features/routes/line.ts'
import { consumerHeader, type Policy } from '../../policy/policy.ts'
import type { LineFidelity } from '../cell.ts'
import { acl, type CfgLine, comment, line } from '../emit/haproxy-cfg.ts'
import { backendName } from './balancing.ts'
import type { HaproxyCell } from './native/adds.ts'
import {
  at,
  locationSample,
  type NamedLocation,
  namedLocations,
  nameLocation,
  pathVariable,
} from './native/locations.ts'
import { refusal } from './native/refusals.ts'

export const routes: HaproxyCell<'routes'> = {
  support: {
    level: 'native',
    how: 'Conditions on the path, and use_backend. path_beg knows no segments – /a takes /ab – so each prefix is two conditions. HAProxy compares a path as it was sent, %61 for a and // for / included; decoding is ours to ask for, and to resolve dot segments it has only an experimental action: such paths are refused. Where it cannot connect it says 503, where an origin breaks off 502.',
    docs: 'https://docs.haproxy.org/3.4/configuration.html#7.1',
  },
  adds: { request: (policy) => ({ find: findLocation(policy), pass: useBackends(policy) }) },
  fidelity,
}

const path = `var(${pathVariable})`

function findLocation(policy: Policy): readonly CfgLine[] {
  const all = namedLocations(policy)
  return [
    comment('Who asks is for the edge to say; and a Connection that names this header would have the origin drop it.'),
    line('http-request', 'del-header', consumerHeader),
    line('http-request', 'del-header', 'Connection'),
    ...(pathDecides(policy) ? readPath : []),
    comment('The longest prefix counts: it stands last, and the last that takes the path stays.'),
    ...[...all].reverse().flatMap(takes),
    refusal(404, { error: 'not_found' }, {}, 'unless', '{', locationSample, '-m', 'found', '}'),
  ]
}

function pathDecides(policy: Policy): boolean {
  return namedLocations(policy).some(({ path }) => path !== '/')
}

const readPath: readonly CfgLine[] = [
  comment(
    'Compared is what a path says decoded: %6frders is orders. What an origin could read as another path is refused:',
  ),
  comment('empty segments, dot segments, backslashes, NUL; and what cannot be decoded at all.'),
  line('http-request', `set-var(${pathVariable})`, 'path,url_dec'),
  ...['//', '/./', '/../', '\\'].map((part) => acl('ambiguous', path, 'sub', part)),
  ...['/.', '/..'].map((end) => acl('ambiguous', path, 'end', end)),
  acl('ambiguous', 'path', 'sub', '%00'),
  refusal(400, { error: 'bad_request' }, {}, 'if', 'ambiguous', 'or', '!{', path, '-m', 'found', '}'),
]

/** Two conditions keep to segment borders; `/` takes everything, and `/a/` what is below it. */
function takes({ path: prefix, name }: NamedLocation): readonly CfgLine[] {
  if (prefix === '/') return [line(...nameLocation(name))]
  const condition = `below_${name}`
  return [
    ...(prefix.endsWith('/') ? [] : [acl(condition, path, 'str', prefix)]),
    acl(condition, path, 'beg', prefix.endsWith('/') ? prefix : `${prefix}/`),
    line(...nameLocation(name), 'if', condition),
  ]
}

function useBackends(policy: Policy): readonly CfgLine[] {
  const origins = [...new Set(policy.routes.map(({ origin }) => origin))]
  const [only] = origins
  if (only !== undefined && origins.length === 1) return [line('default_backend', backendName(only))]
  return origins.flatMap((origin) => [
    ...at(`for_${backendName(origin)}`, ({ route }) => route.origin === origin, policy),
    line('use_backend', backendName(origin), 'if', `for_${backendName(origin)}`),
  ])
}

function fidelity({ path: prefix, origin }: Route, policy: Policy): LineFidelity {
  const taken =
    prefix === '/'
      ? 'It takes whatever no longer prefix takes'
      : `The decoded path is ${prefix.replace(/(.)\/$/, '$1')} or begins with ${prefix.replace(/\/?$/, '/')}; the longest prefix, written last, wins`
  const refused = pathDecides(policy)
    ? ' A path that could be read in two ways (empty segments, dot segments, backslashes, NUL) is refused with 400.'
    : ''
  return { level: 'exact', how: `${taken}. The backend is ${backendName(origin)}.${refused}` }
}
