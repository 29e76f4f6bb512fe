/** The cache of HAProxy, and the rules that keep from it what is not for everybody. */
import type { Cache } from '../../policy/features/cache/line.ts'
import type { Policy } from '../../policy/policy.ts'
import { type CfgLine, type CfgSection, comment, line, section } from '../emit/haproxy-cfg.ts'
import { consumerVariable } from './api-key.ts'
import { cacheFidelity, statedSeconds } from './cache-fidelity.ts'
import type { HaproxyCell } from './native/adds.ts'
import { at, numbered } from './native/locations.ts'

export const cache: HaproxyCell<'cache'> = {
  support: {
    level: 'native',
    how: 'A cache in memory, of a size that is taken at the start. It is made to be small and quick: GET and 200 only, nothing that an Authorization asked for, no answer that varies by more than encoding, Origin and Referer. It does not coalesce requests for a missing entry and serves nothing stale. It would give an answer with Set-Cookie to everybody, and knows no lifetime of our own: rules keep the one out and write the other into Cache-Control.',
    docs: 'https://docs.haproxy.org/3.4/configuration.html#6',
  },
  traits: { coalescing: 'none' },
  adds: {
    request: (policy) => ({ lookUp: lookUps(policy) }),
    response: keeps,
    sections: ({ cache }) => (cache.length > 0 ? [store(cache)] : []),
  },
  fidelity: cacheFidelity,
}

const storeName = 'answers'
const authorized = 'txn.authorized'

function store(lines: readonly Cache[]): CfgSection {
  return section(
    ['cache', storeName],
    [
      comment('Megabytes, and bytes of one answer with its headers.'),
      line('total-max-size', '64'),
      line('max-object-size', String(1024 * 1024)),
      comment('At most: the default would keep nothing for longer than a minute, whatever the origin says.'),
      line('max-age', String(Math.max(86_400, ...lines.map(statedSeconds)))),
      line('process-vary', 'on'),
    ],
  )
}

const cached = (index: number): string => numbered('cached', index)

function lookUps(policy: Policy): readonly CfgLine[] {
  if (policy.cache.length === 0) return []
  return [
    line(
      'http-request',
      `set-var(${authorized})`,
      'bool(true)',
      'if',
      '{',
      'req.fhdr(authorization)',
      '-m',
      'found',
      '}',
    ),
    ...policy.cache.flatMap((each, index) => lookUp(policy, each, index)),
  ]
}

function lookUp(policy: Policy, cache: Cache, index: number): readonly CfgLine[] {
  const when = ['if', cached(index)]
  const rewrites = keyRewrites(cache)
  return [
    ...at(cached(index), (location) => location.cache === cache, policy),
    ...(index === 0
      ? [comment('Compressed, an answer that does not vary could be kept for a client that cannot read it.')]
      : []),
    line('http-request', 'del-header', 'Accept-Encoding', ...when),
    ...(rewrites.length > 0
      ? [comment('The key is host, path and query as they stand when cache-use runs: they are put back behind it.')]
      : []),
    ...rewrites.flatMap(({ kept, from }) => line('http-request', `set-var(${kept})`, from, ...when)),
    ...rewrites.map(({ set, to }) => line('http-request', ...set, to, ...when)),
    line('http-request', 'cache-use', storeName, ...when),
    ...rewrites.map(({ kept, set }) => line('http-request', ...set, `%[var(${kept})]`, ...when)),
  ]
}

interface Rewrite {
  /** Where it is kept meanwhile, and what is. */
  readonly kept: string
  readonly from: string
  /** The action, and the format of what it sets. */
  readonly set: readonly string[]
  readonly to: string
}

function keyRewrites({ key }: Cache): readonly Rewrite[] {
  return [
    // Names have no dot: no two hosts read alike.
    ...(key.includes('consumer')
      ? [
          {
            kept: 'txn.host',
            from: 'req.fhdr(host)',
            set: ['set-header', 'Host'],
            to: `%[var(${consumerVariable})].%[var(txn.host)]`,
          },
        ]
      : []),
    ...(key.includes('query') ? [] : [{ kept: 'txn.target', from: 'pathq', set: ['set-pathq'], to: '%[path]' }]),
  ]
}

/** Rules for answers: what has no freshness of its own gets the policy’s, and what has some is kept. */
function keeps(policy: Policy): readonly CfgLine[] {
  if (policy.cache.length === 0) return []
  const directive = (condition: string, ...names: readonly string[]): CfgLine =>
    line('acl', condition, 'res.hdr(cache-control)', '-m', 'beg', '-i', ...names)
  const header = (condition: string, name: string): CfgLine =>
    line('acl', condition, `res.fhdr(${name})`, '-m', 'found')
  return [
    directive('fresh', 'max-age=', 's-maxage='),
    header('fresh', 'Expires'),
    directive('forbidden', 'no-cache', 'no-store', 'private'),
    header('personal', 'Set-Cookie'),
    header('aged', 'Age'),
    comment(
      'Where the origin says nothing of time. s-maxage speaks to shared caches only: no browser keeps anything by it.',
    ),
    ...policy.cache.flatMap((each, index) =>
      each.ttlMs === 0
        ? []
        : line(
            ...['http-response', 'add-header', 'Cache-Control', `s-maxage=${statedSeconds(each)}`],
            ...['if', cached(index), '{', 'status', '200', '}', '!fresh', '!forbidden', '!personal'],
            ...['!{', `var(${authorized})`, '-m', 'found', '}'],
          ),
    ),
    comment(
      'fresh: by an ETag alone it would be kept for as long as max-age of the cache says. aged: the time that an',
    ),
    comment('answer spent elsewhere is not taken off.'),
    ...policy.cache.flatMap((_, index) => [
      line('http-response', 'cache-store', storeName, 'if', cached(index), 'fresh', '!personal', '!aged'),
      line('http-response', 'set-header', 'X-Cache', '%[res.cache_hit,iif(HIT,MISS)]', 'if', cached(index)),
    ]),
  ]
}
