/** limit_req: a leaky bucket in shared memory. With `burst` and `nodelay` it admits what a token bucket would. */

import type { RateLimit } from '../../../policy/features/rate-limit/line.ts'
import type { Location } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import { formatNumber } from '../../../units.ts'
import type { LineFidelity } from '../../cell.ts'
import { blank, block, type ConfNode, comment, directive } from '../../emit/nginx-conf.ts'
import type { NginxAdds } from '../adds.ts'
import { consumerVariable, numbered } from '../names.ts'

/** What limit_req adds of a rate limit, and how exactly that carries out a line. Keys are checked before, by map or script. */
export const limitReqPart = {
  adds: {
    http: limitZones,
    namedLocations: limitRefusals,
    location: (location, { policy }) => ({ admission: limitLines(policy, location) }),
  } satisfies NginxAdds,
  fidelity: limitFidelity,
}

interface NativeRate {
  /** `10r/s`, `30r/m`: whole numbers only. */
  readonly text: string
  /** What nginx makes of it: it reckons in thousandths of a request per second (ngx_http_limit_req_zone). */
  readonly perSecond: number
}

/** The rate that comes nearest to what the policy wants. */
export function nativeRate(perSecond: number): NativeRate {
  const perMinute = Math.max(1, Math.round(perSecond * 60))
  const candidates = [
    { text: `${Math.round(perSecond)}r/s`, perSecond: Math.round(perSecond) },
    { text: `${perMinute}r/m`, perSecond: Math.floor((perMinute * 1000) / 60) / 1000 },
  ]
  const off = (rate: NativeRate): number => (rate.perSecond === 0 ? Infinity : Math.abs(rate.perSecond - perSecond))
  return candidates.reduce((best, rate) => (off(rate) < off(best) ? rate : best))
}

/** Settings of the http block: one zone for each rateLimit line, so that its locations share the buckets. */
function limitZones(policy: Policy): readonly ConfNode[] {
  if (policy.rateLimit.length === 0) return []
  const byConsumer = policy.apiKey.length > 0 && policy.rateLimit.some(({ per }) => per === 'consumer')
  return [
    ...(byConsumer
      ? [
          comment('Who shares a bucket. Nobody known: the address, because an empty key would not be counted at all.'),
          block(
            'map',
            [consumerVariable, '$caller'],
            [directive('', '$remote_addr'), directive('default', consumerVariable)],
          ),
        ]
      : []),
    ...policy.rateLimit.map(({ ratePerSecond, per }, index) =>
      directive(
        'limit_req_zone',
        byConsumer && per === 'consumer' ? '$caller' : '$binary_remote_addr',
        `zone=${numbered('rate_limit', index)}:1m`,
        `rate=${nativeRate(ratePerSecond).text}`,
      ),
    ),
    directive('limit_req_status', '429'),
    comment('A refusal is no error of the edge: the default would write a line for each.'),
    directive('limit_req_log_level', 'info'),
    blank,
  ]
}

/** Lines of a location. */
function limitLines(policy: Policy, { rateLimit }: Location): readonly ConfNode[] {
  if (!rateLimit) return []
  const index = policy.rateLimit.indexOf(rateLimit)
  const zone = `zone=${numbered('rate_limit', index)}`
  return [
    ...(rateLimit.burst > 1
      ? [
          comment(
            'The first request is free and burst counts those after it. nodelay: at once or not at all, no queue.',
          ),
          directive('limit_req', zone, `burst=${rateLimit.burst - 1}`, 'nodelay'),
        ]
      : [directive('limit_req', zone)]),
    directive('error_page', '429', `@${numbered('rate_limited', index)}`),
  ]
}

/** Named locations of the server block. */
function limitRefusals(policy: Policy): readonly ConfNode[] {
  return policy.rateLimit.flatMap((line, index) => [
    ...(index === 0
      ? [comment('Constants: no variable of nginx knows what is left in a bucket or when the next request would pass.')]
      : []),
    block(
      'location',
      [`@${numbered('rate_limited', index)}`],
      [
        directive('add_header', 'Retry-After', String(retryAfter(line)), 'always'),
        directive('add_header', 'RateLimit-Limit', String(line.burst), 'always'),
        directive('return', '429', '{"error":"rate_limited"}'),
      ],
    ),
    blank,
  ])
}

/** Seconds until a bucket that is just empty lets the next request pass. */
function retryAfter({ ratePerSecond }: RateLimit): number {
  return Math.max(1, Math.ceil(1 / nativeRate(ratePerSecond).perSecond))
}

function limitFidelity({ ratePerSecond, burst, per }: RateLimit): LineFidelity {
  const rate = nativeRate(ratePerSecond)
  const exact = Math.abs(rate.perSecond - ratePerSecond) < 1e-9
  const bucket =
    burst > 1 ? `limit_req burst=${burst - 1} nodelay admits ${burst} at once` : 'limit_req admits one at a time'
  return {
    level: exact ? 'exact' : 'approximated',
    how: [
      `${bucket}, then rate=${rate.text}${exact ? '' : `, which nginx counts as ${formatNumber(rate.perSecond)} a second and the policy as ${formatNumber(ratePerSecond)}`}.`,
      per === 'consumer' ? 'The key is the verified consumer, the address where there is none.' : '',
      'Retry-After and RateLimit-Limit are constants; RateLimit-Remaining cannot be told, because no variable holds it.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
