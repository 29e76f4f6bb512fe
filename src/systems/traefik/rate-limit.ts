/** rateLimit: a token bucket in memory for each caller and router. */
import type { RateLimit } from '../../policy/features/rate-limit/line.ts'
import { type Location, locations } from '../../policy/locations.ts'
import { consumerHeader, type Policy } from '../../policy/policy.ts'
import { formatNumber } from '../../units.ts'
import type { LineFidelity } from '../cell.ts'
import type { YamlData } from '../emit/yaml.ts'
import { identifying } from './api-key.ts'
import type { LocationParts, Router, TraefikCell } from './native/adds.ts'
import { numbered } from './native/names.ts'
import { pathRule, priorityOf } from './native/rules.ts'

export const rateLimit: TraefikCell<'rateLimit'> = {
  support: {
    level: 'native',
    how: 'A token bucket in memory. A refusal is 429 with the true Retry-After; without burst only one request could come at once. It counts where it stands in the list of middlewares: behind the one that names the consumer, a bad key costs nobody anything. Every router that names it has buckets of its own, so that paths with one limit need a common parent.',
    docs: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/ratelimit/',
  },
  traits: { limiting: 'bucket' },
  adds: {
    middlewares: (policy) => Object.fromEntries(bucketsOf(policy).map((bucket) => [bucket.name, limiter(bucket)])),
    routers: (policy) =>
      Object.fromEntries(
        bucketsOf(policy).flatMap((bucket) => (isShared(bucket) ? [[bucket.name, sharedRouter(bucket, policy)]] : [])),
      ),
    location: limitAt,
  },
  fidelity,
}

/** The buckets of a line: those of callers with a key and those of others, as they meet other routers. */
interface Buckets {
  /** Of their middleware, and of the router that several locations have in common. */
  readonly name: string
  readonly line: RateLimit
  readonly keyed: boolean
  readonly locations: readonly Location[]
}

function bucketsOf(policy: Policy): readonly Buckets[] {
  const all = locations(policy)
  return policy.rateLimit.flatMap((line, index) => {
    const [keyed = [], others = []] = [true, false].map((wanted) =>
      all.filter(({ rateLimit, apiKey }) => rateLimit === line && (apiKey !== undefined) === wanted),
    )
    const name = numbered('limit', index)
    return [
      { name, line, keyed: true, locations: keyed },
      { name: keyed.length > 0 ? `${name}-others` : name, line, keyed: false, locations: others },
    ].filter(({ locations }) => locations.length > 0)
  })
}

function isShared({ locations }: Buckets): boolean {
  return locations.length > 1
}

function limiter({ line: { ratePerSecond, burst, per }, keyed }: Buckets): YamlData {
  return {
    rateLimit: {
      ...nativeRate(ratePerSecond),
      burst,
      // By default it is the address of the connection.
      sourceCriterion: keyed && per === 'consumer' ? { requestHeaderName: consumerHeader } : undefined,
    },
  }
}

/** Several locations count together behind this router. */
function sharedRouter({ name, line, locations }: Buckets, policy: Policy): Router {
  const keys = new Set(locations.flatMap(({ apiKey }) => apiKey ?? []))
  const parents = [...keys].flatMap((key) => identifying(key, policy))
  return {
    note: 'Each router has buckets of its own: so these paths have a common one.',
    rule: pathRule(line.path),
    priority: priorityOf(line.path),
    ...(parents.length > 0 ? { parents } : {}),
    middlewares: [name],
  }
}

function limitAt(location: Location, policy: Policy): LocationParts {
  const buckets = bucketsOf(policy).find(({ locations }) => locations.some(({ path }) => path === location.path))
  if (!buckets) return {}
  return isShared(buckets) ? { parents: [buckets.name] } : { middlewares: [buckets.name] }
}

/** Requests per period, both whole numbers (of a unit): the first period in which the rate is one. */
export function nativeRate(perSecond: number): { readonly average: number; readonly period: string } {
  const periods = [
    ['1s', 1],
    ['1m', 60],
    ['1h', 3600],
  ] as const
  const whole = periods.find(([, seconds]) => Math.abs(perSecond * seconds - Math.round(perSecond * seconds)) < 1e-9)
  const [period, seconds] = whole ?? ['100h', 360_000]
  return { average: Math.max(1, Math.round(perSecond * seconds)), period }
}

function fidelity(line: RateLimit, policy: Policy): LineFidelity {
  const { ratePerSecond, burst, per } = line
  const { average, period } = nativeRate(ratePerSecond)
  const buckets = bucketsOf(policy).filter((each) => each.line === line)
  // As Traefik reckons (pkg/middlewares/ratelimiter): how long it waits, and when it forgets a bucket.
  const waitsMs = ratePerSecond < 1 ? 500 : 500 / Math.floor(ratePerSecond)
  const forgottenAfter = ratePerSecond < 1 ? 1 + Math.floor(1 / ratePerSecond) : 2
  return {
    level: 'approximated',
    how: [
      `rateLimit with average ${average} in ${period} and burst ${burst}, ${per === 'consumer' ? `by ${consumerHeader} where a key has set it, else by address` : 'by address'}.`,
      `A request that comes up to ${formatNumber(waitsMs)} ms too early waits for its token in place of being refused.`,
      burst / ratePerSecond > forgottenAfter - 1
        ? `A bucket that nobody asks for ${forgottenAfter - 1} to ${forgottenAfter} s is forgotten, and full when somebody does.`
        : '',
      per === 'address' && buckets.length > 1
        ? 'Requests with a key and those without count apart, as they meet other routers.'
        : '',
      'Retry-After is what is left to wait; no header tells the limit or what remains of it.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
