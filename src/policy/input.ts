/** The policy as people write it in YAML: the schema that reads it and that editors complete from. */
import { z } from 'zod'
import { described } from '../mistakes/words.ts'
import { parseDuration, parseRate } from '../units.ts'
import { keyHeaderMistake } from './key-header.ts'
import { pathMistake } from './path-form.ts'

const durationMessage = (given: unknown): string => `${described(given)} is not a duration: write 250ms, 2s or 5m`

/** `250ms`, `2s`, `5m` → milliseconds. */
export const duration = z
  .string({ error: ({ input }) => durationMessage(input) })
  .refine((text) => parseDuration(text) !== undefined, { error: ({ input }) => durationMessage(input) })
  .transform((text) => parseDuration(text)!)
  .describe('a duration: 250ms, 2s, 5m')

const rateMessage = (given: unknown): string => `${described(given)} is not a rate: write 10/s or 30/m, above 0`

/** `10/s`, `30/m` → per second. */
export const rate = z
  .string({ error: ({ input }) => rateMessage(input) })
  .refine((text) => (parseRate(text) ?? 0) > 0, { error: ({ input }) => rateMessage(input) })
  .transform((text) => parseRate(text)!)
  .describe('requests per second or minute: 10/s, 30/m')

export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, {
    error: ({ input }) => `“${input}” is not a name: use a–z, 0–9 and -, beginning with a letter`,
  })
  .describe('a name: lower-case letters, digits and hyphens')

/** In the form of path-form.ts. Quotes, braces and `$` are allowed: every system quotes what it is given. */
export const path = z
  .string()
  .refine((text) => pathMistake(text) === undefined, { error: ({ input }) => pathMistake(String(input)) })
  .describe(
    'a path prefix on segment borders: /products takes /products/7, not /productsale. Written decoded: /café, not /caf%C3%A9; capitals matter',
  )

/** What may stand in a header's value (RFC 9110 §5.5), ASCII only, so that every system reads it alike. */
export const key = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/, {
    error: 'a key is 1 to 256 printable ASCII characters without spaces at its ends: it travels in a header',
  })
  .describe('the secret itself; left out, a new one is made for every run')

const consumer = z
  .union([name, z.strictObject({ name, key })], { error: 'a consumer is a name, or name and key' })
  .describe('who a key belongs to')

export const policyInput = z.strictObject({
  routes: z
    .array(z.strictObject({ path, origin: name.describe('the origin that gets these requests') }))
    .min(1, 'a policy needs at least one route')
    .describe('which paths go to which origin; the longest prefix wins'),
  balancing: z
    .array(
      z.strictObject({
        origin: name,
        method: z.enum(['round-robin', 'least-connections', 'weighted']),
        weights: z.array(z.int().min(1).max(100)).min(1).optional().describe('one per instance; only with weighted'),
      }),
    )
    .default([])
    .describe('how requests spread over the instances of an origin; round-robin where nothing is said'),
  cache: z
    .array(
      z.strictObject({
        path,
        ttl: duration
          .optional()
          .describe('how long an answer is kept where the origin does not say; without it, only as the origin says'),
        key: z
          .array(z.enum(['path', 'query', 'consumer', 'representation']))
          .min(1)
          .optional()
          .describe('what makes two requests the same; the parts that the other features need where left out'),
        coalesce: z.boolean().default(true).describe('concurrent requests for a missing entry become one'),
        staleOnError: duration.optional().describe('how long an expired answer is served while the origin fails'),
      }),
    )
    .default([])
    .describe('answers kept at the edge'),
  apiKey: z
    .array(
      z.strictObject({
        path,
        header: z
          .string()
          .refine((text) => keyHeaderMistake(text) === undefined, {
            error: ({ input }) => keyHeaderMistake(String(input)),
          })
          .default('x-api-key')
          .describe(
            'the request header that carries the key: one that neither HTTP nor the edge uses, or authorization',
          ),
        consumers: z.array(consumer).min(1),
      }),
    )
    .default([])
    .describe('paths that want a key'),
  rateLimit: z
    .array(
      z.strictObject({
        path,
        limit: rate.describe('what is let through in the long run'),
        burst: z.int().min(1).max(10_000).describe('how many may come at once after a pause'),
        per: z.enum(['consumer', 'address']).default('consumer').describe('who shares a bucket'),
      }),
    )
    .default([])
    .describe('token buckets'),
  transform: z
    .array(
      z.strictObject({
        path,
        representations: z
          .array(
            z.strictObject({
              accept: z
                .string()
                .regex(/^[a-z]+\/[a-z0-9.+-]+$/, { error: ({ input }) => `“${input}” is not a media type` })
                .describe('the media type in the request’s Accept header'),
              as: z.enum(['xml', 'compact-json']),
            }),
          )
          .min(1),
      }),
    )
    .default([])
    .describe('one resource in several representations, by the client’s Accept header'),
})

export type PolicyInput = z.output<typeof policyInput>
