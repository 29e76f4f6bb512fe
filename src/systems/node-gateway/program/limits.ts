import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { EdgeConfig } from '../../node-core/config.ts'
import type { Filter } from '../../node-core/server/request-context.ts'
import { countQuota } from './quotas.ts'

/**
 * Limits by @fastify/rate-limit: `burst` requests in each window of `burst / ratePerSecond` seconds. What they let through
 * counts against the quota.
 */
export async function rateLimitFilter({ rateLimits, quotas = [] }: EdgeConfig, app: FastifyInstance): Promise<Filter> {
  await app.register(rateLimit, { global: false })
  const lines = rateLimits
    .map(({ ratePerSecond, burst, per }) =>
      app.createRateLimit({
        max: burst,
        timeWindow: Math.max(1, Math.round((burst / ratePerSecond) * 1000)),
        keyGenerator: ({ ip, edgeContext }) =>
          per === 'consumer' && edgeContext?.consumer !== undefined
            ? `consumer ${edgeContext.consumer}`
            : `address ${ip}`,
      }),
    )
    .map(oneAfterAnother)
  const counts = quotas.map(countQuota)
  const limited: Filter = async ({ location }, request, reply) => {
    const check = lines[location.rateLimit ?? -1]
    if (!check) return false
    const result = await check(request)
    if (result.isAllowed) return false
    const wait = Math.max(1, result.ttlInSeconds)
    reply.headers({ 'ratelimit-limit': result.max, 'ratelimit-remaining': result.remaining, 'ratelimit-reset': wait })
    if (!result.isExceeded) return false
    reply.code(429).header('retry-after', wait).send({ error: 'rate_limited' })
    return true
  }
  return async (context, request, reply) => {
    if (await limited(context, request, reply)) return true
    const { location, consumer } = context
    const wait = consumer === undefined ? undefined : counts[location.quota ?? -1]?.(consumer, new Date())
    if (wait === undefined) return false
    reply.code(429).header('retry-after', wait).send({ error: 'quota_exceeded' })
    return true
  }
}

/**
 * The library counts in an object that all requests of a key share, and reads it only later: of requests that come in
 * one go, each would be told the count of the last one. So each is counted and told before the next one is counted.
 */
function oneAfterAnother<Argument, Result>(
  check: (argument: Argument) => Promise<Result>,
): (argument: Argument) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve()
  return (argument) => {
    const result = before.then(() => check(argument))
    before = result.catch(() => {})
    return result
  }
}
