/** local_ratelimit: a token bucket for each value of a descriptor. */
import type { RateLimit } from '../../policy/features/rate-limit/line.ts'
import type { Policy } from '../../policy/policy.ts'
import { consumerHeader } from '../../policy/policy.ts'
import { commented, type YamlData } from '../emit/yaml.ts'
import type { EnvoyCell, PlacedFilter } from './bootstrap/adds.ts'
import { extension, numbered, switchedOn, type YamlMap } from './bootstrap/extension.ts'

export const rateLimit: EnvoyCell<'rateLimit'> = {
  support: {
    level: 'native',
    how: 'The filter local_ratelimit: a token bucket for every value that a descriptor takes, here the consumer’s name or the address. It says what is left and when to come back. Three of its defaults surprise: it limits 0 % of requests until it is told 100 %, a request without descriptor is not limited at all, and it remembers the buckets of 20 callers only.',
    docs: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/local_rate_limit_filter',
  },
  traits: { limiting: 'bucket' },
  adds: {
    filters: (policy) => policy.rateLimit.map((line, index) => limitFilter(policy, line, index)),
    refusals: ({ rateLimit }) => (rateLimit.length > 0 ? [{ status: 429, body: { error: 'rate_limited' } }] : []),
    location: ({ rateLimit }, { policy }) =>
      rateLimit ? { edge: { [filterName(policy.rateLimit.indexOf(rateLimit))]: switchedOn } } : {},
  },
  fidelity: ({ ratePerSecond, burst, per }) => {
    const { tokens_per_fill: tokens, fill_interval: interval } = refill(ratePerSecond)
    const whose =
      per === 'consumer' ? 'of the verified consumer, or of the address where nobody is known' : 'of the address'
    return {
      level: 'exact',
      how: `local_ratelimit, behind the key check: a token bucket of ${burst} ${whose}, refilled without steps at ${tokens} in ${interval}. Retry-After and x-ratelimit-limit, -remaining and -reset are read from the bucket. Of more than ${rememberedCallers} callers the one that was away longest is forgotten, and begins with a full bucket.`,
    }
  },
}

/** Of how many callers a line keeps the bucket. */
const rememberedCallers = 10_000

/** How a caller is called, by what the request has, and whose bucket that is: an entry without a value has one for each. */
interface Callers {
  readonly actions: readonly YamlMap[]
  readonly entries: readonly YamlMap[]
}

const byConsumer: Callers = {
  actions: [{ request_headers: { header_name: consumerHeader, descriptor_key: 'consumer' } }],
  entries: [{ key: 'consumer' }],
}
const byAddress: Callers = { actions: [{ remote_address: {} }], entries: [{ key: 'remote_address' }] }
const unknownByAddress: Callers = {
  actions: [
    {
      header_value_match: {
        descriptor_key: 'consumer',
        descriptor_value: 'unknown',
        headers: [{ name: consumerHeader, present_match: false }],
      },
    },
    ...byAddress.actions,
  ],
  entries: [{ key: 'consumer', value: 'unknown' }, ...byAddress.entries],
}

function limitFilter({ apiKey }: Policy, { ratePerSecond, burst, per }: RateLimit, index: number): PlacedFilter {
  const bucket = { max_tokens: burst, ...refill(ratePerSecond) }
  const callers = per === 'consumer' && apiKey.length > 0 ? [byConsumer, unknownByAddress] : [byAddress]
  const first = index === 0
  return {
    place: 'limits',
    filter: extension(filterName(index), 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit', {
      stat_prefix: filterName(index),
      filter_enabled: first ? commented('Both are 0 % by default.', everyRequest) : everyRequest,
      filter_enforced: everyRequest,
      rate_limits: callers.map(({ actions }) => ({ actions })),
      descriptors: callers.map(({ entries }) => ({ entries, token_bucket: bucket })),
      max_dynamic_descriptors: first
        ? commented('20 by default: the 21st caller would get somebody to a full bucket.', rememberedCallers)
        : rememberedCallers,
      enable_x_ratelimit_headers: 'DRAFT_VERSION_03',
      enable_retry_after_header: true,
    }),
  }
}

const everyRequest: YamlData = { default_value: { numerator: 100, denominator: 'HUNDRED' } }

/**
 * How fast the bucket fills: only the quotient counts, as Envoy fills without steps. An interval is at least 50 ms; tokens
 * are whole, so that rates that are no whole number of requests a second are counted by the minute or the hour.
 */
export function refill(perSecond: number): { readonly tokens_per_fill: number; readonly fill_interval: string } {
  const seconds = [1, 60, 3600].find((each) => isWhole(perSecond * each))
  if (seconds !== undefined) return { tokens_per_fill: Math.round(perSecond * seconds), fill_interval: `${seconds}s` }
  const tokens = Math.ceil(perSecond)
  return { tokens_per_fill: tokens, fill_interval: `${(tokens / perSecond).toFixed(9)}s` }
}

function isWhole(value: number): boolean {
  return value >= 1 && Math.abs(value - Math.round(value)) < 1e-9
}

function filterName(index: number): string {
  return numbered('edge.limit', index)
}
