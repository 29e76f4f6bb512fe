import type { RateLimit } from '../../policy/features/rate-limit/line.ts'
import { type Location, locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { LineFidelity } from '../cell.ts'
import { constant } from '../emit/openapi.ts'
import type { ApiCell } from './definition/adds.ts'
import { whyNoResource } from './definition/resources.ts'
import type { Throttle } from './definition/stage.ts'

export const rateLimit: ApiCell<'rateLimit'> = {
  support: {
    level: 'native',
    how: 'Token buckets: of a usage plan for each key, of a method in the stage for all of its callers, and one of the account for everything (10,000 a second). AWS calls them targets, not guarantees. By address it cannot limit; that takes AWS WAF. A refusal is 429 “Too Many Requests” and tells nothing else: Retry-After is a constant of ours in a gateway response.',
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html',
  },
  traits: { limiting: 'bucket' },
  adds: {
    gatewayResponses: ({ rateLimit }) =>
      rateLimit.length === 0
        ? {}
        : {
            THROTTLED: {
              responseParameters: { 'gatewayresponse.header.Retry-After': constant(String(retryAfter(rateLimit))) },
            },
          },
    usagePlan: (policy) => {
      const line = wholePlan(policy)
      return line ? { Throttle: throttleOf(line) } : {}
    },
    planThrottle: (location, policy) =>
      location.rateLimit && isByKey(location) && !wholePlan(policy) ? throttleOf(location.rateLimit) : undefined,
    setting: (location) =>
      location.rateLimit && !isByKey(location)
        ? {
            ThrottlingRateLimit: location.rateLimit.ratePerSecond,
            ThrottlingBurstLimit: location.rateLimit.burst,
          }
        : {},
  },
  cannot: ({ path }) => whyNoResource(path),
  fidelity,
}

function throttleOf({ ratePerSecond, burst }: RateLimit): Throttle {
  return { RateLimit: ratePerSecond, BurstLimit: burst }
}

/** A usage plan limits by key; where there is none to tell callers apart, a method of the stage has one bucket for all. */
function isByKey({ apiKey, rateLimit }: Location): boolean {
  return apiKey !== undefined && rateLimit?.per === 'consumer'
}

/** The line that applies wherever a key is wanted: then it is the plan’s own throttle, one bucket for each key. */
function wholePlan(policy: Policy): RateLimit | undefined {
  const keyed = locations(policy).filter(({ apiKey }) => apiKey)
  const [first] = keyed
  return first && isByKey(first) && keyed.every(({ rateLimit }) => rateLimit === first.rateLimit)
    ? first.rateLimit
    : undefined
}

/** Seconds after which the next request passes, by the slowest of the buckets. */
function retryAfter(lines: readonly RateLimit[]): number {
  return Math.max(...lines.map(({ ratePerSecond }) => Math.ceil(1 / ratePerSecond)))
}

function fidelity(line: RateLimit, policy: Policy): LineFidelity {
  const places = locations(policy).filter(({ rateLimit }) => rateLimit === line)
  const bucket = `RateLimit ${line.ratePerSecond}, BurstLimit ${line.burst}`
  const told = 'Retry-After is a constant in the gateway response; what is left is not told.'
  if (places.every(isByKey) && wholePlan(policy) === line)
    return {
      level: 'approximated',
      how: `The throttle of the usage plan, ${bucket}: a token bucket for each key, as a target and not as a guarantee. ${told}`,
    }
  return {
    level: 'approximated',
    how: places.every(isByKey)
      ? `Throttles of methods in the usage plan, ${bucket}: each key has a bucket for each method and resource, not one for the line. ${told}`
      : `Throttles of methods in the stage, ${bucket}: all callers share them, because API Gateway knows no addresses, and each method and resource has its own. ${told}`,
  }
}
