/**
 * Rate limits by @fastify/rate-limit: a fixed window, not a bucket. A window of burst / rate seconds with `burst`
 * requests has the policy's rate in the long run and its burst, but up to twice that across a window's border.
 */
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Location } from '../../../policy/locations.ts'
import type { EdgeConfig } from '../../node-core/config.ts'

type Check = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

const checks = new Map<string, Check>()
const consumers = new WeakMap<FastifyRequest, string>()

export async function limitPlugin(app: FastifyInstance, { locations }: EdgeConfig): Promise<void> {
  await app.register(rateLimit, { global: false })
  // One window per line of the policy, whatever location it applies to.
  for (const { rateLimit: line } of locations) {
    if (!line || checks.has(line.path)) continue
    const check = app.rateLimit({
      max: line.burst,
      timeWindow: Math.round((line.burst / line.ratePerSecond) * 1000),
      keyGenerator: (request) => `${line.path} ${(line.per === 'consumer' && consumers.get(request)) || request.ip}`,
      errorResponseBuilder: () =>
        Object.assign(new Error('rate limited'), { statusCode: 429, body: { error: 'rate_limited' } }),
    }) as unknown as Check
    checks.set(line.path, check)
  }
}

/** Counts the request; throws the 429 that the error handler sends, with the plugin’s headers. */
export async function applyLimit(
  request: FastifyRequest,
  reply: FastifyReply,
  { rateLimit: line }: Location,
  consumer: string | undefined,
): Promise<void> {
  if (!line) return
  if (consumer !== undefined) consumers.set(request, consumer)
  await checks.get(line.path)!.call(request.server, request, reply)
}
