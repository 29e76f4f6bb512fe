/** Token buckets: how much of a flood is let through. */
import { z } from 'zod'
import { formatNumber } from '../../../units.ts'
import { path, rate } from '../../fields.ts'
import type { Feature } from '../feature.ts'
import type { RateLimit } from './line.ts'
import { type RateLimitNeeds, rateLimitProbes } from './probes.ts'

const sharers = z.enum(['consumer', 'address'])

const input = z
  .array(
    z.strictObject({
      path,
      limit: rate.describe('what is let through in the long run'),
      burst: z.int().min(1).max(10_000).describe('how many may come at once after a pause'),
      per: sharers.default('consumer').describe('who shares a bucket'),
    }),
  )
  .default([])
  .describe('token buckets')

export const rateLimit = {
  title: 'rate limit',
  noun: 'rate limits',
  remembers: true,
  input,
  record: z.object({
    path: z.string(),
    ratePerSecond: z.number().positive(),
    burst: z.number().positive(),
    per: sharers,
  }),
  toLine: ({ path, limit, burst, per }) => ({ path, ratePerSecond: limit, burst, per }),
  words: ({ path, ratePerSecond, per, burst }) =>
    `limit ${path} to ${formatNumber(ratePerSecond)}/s per ${per}, burst ${burst}`,
  appliesTo: ({ path }) => ({ path }),
  refusals: [429],
  // With a margin for the clocks of systems that count in windows.
  pace: ({ burst, ratePerSecond }) => ({ atOnce: burst, refillMs: (burst / ratePerSecond) * 1000 + 300 }),
  probes: rateLimitProbes,
} satisfies Feature<z.output<typeof input>[number], RateLimit, RateLimitNeeds>
