/** Origins as people write them, and what becomes of them. */
import { z } from 'zod'
import { duration, path } from '../policy/fields.ts'
import { documentParts, type Origin, type OriginRoute } from './scenario.ts'

const sizeFactor = { B: 1, KB: 1024, MB: 1024 * 1024 } as const

/** Bytes. */
export const bodySize = z
  .string()
  .regex(/^\d+\s*(B|KB|MB)$/, { error: ({ input }) => `“${input}” is not a size: write 512B, 64KB or 1MB` })
  .transform((text) => {
    const [, value, unit] = /^(\d+)\s*(B|KB|MB)$/.exec(text)!
    return Number(value) * sizeFactor[unit as keyof typeof sizeFactor]
  })
  .refine((bytes) => bytes <= 5 * sizeFactor.MB, 'a body of more than 5MB is not supported')
  .describe('a size: 512B, 64KB, 1MB')

/** `2%` → 0.02. */
export const share = z
  .string()
  .regex(/^\d+(\.\d+)?%$/, { error: ({ input }) => `“${input}” is not a share: write 2%` })
  .transform((text) => Number(text.slice(0, -1)) / 100)
  .refine((value) => value <= 1, 'a share is at most 100%')

const spell = { from: duration, for: duration }

const originRoute = z.strictObject({
  path: path.describe('a path, written decoded; {id} takes any one segment'),
  body: z
    .enum(['product', 'products', 'order', 'orders', 'account'])
    .describe('the JSON document it answers with; an account belongs to the consumer who asks'),
  by: z
    .array(z.enum(documentParts))
    .min(1)
    .optional()
    .describe('what of the request the document depends on beside its path; it says so under madeFor'),
  compactFor: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/, { error: ({ input }) => `“${input}” is not a media type` })
    .optional()
    .describe('whoever names this media type in Accept gets the document without white space'),
  size: bodySize.optional().describe('what the document is grown to'),
  latency: z
    .strictObject({ p50: duration, p99: duration })
    .refine(({ p50, p99 }) => p99 >= p50, 'p99 is at least p50')
    .optional()
    .describe('how long it takes: a log-normal distribution through these two'),
  errorRate: share.optional().describe('share of requests answered with 503'),
  cacheControl: z
    .string()
    .regex(/^[\x20-\x7e]{1,200}$/)
    .optional()
    .describe('the Cache-Control header it sends'),
  vary: z
    .string()
    .regex(/^[A-Za-z-]+(, ?[A-Za-z-]+)*$/, { error: ({ input }) => `“${input}” is no list of header names` })
    .optional()
    .describe('the Vary header it sends'),
  failing: z
    .strictObject(spell)
    .optional()
    .describe('when it answers 503 to everybody, counted from the beginning of each round; probes never meet it'),
  slowing: z
    .strictObject({ ...spell, by: duration.describe('so much longer than its latency') })
    .optional()
    .describe('when it takes longer, counted from the beginning of each round; probes never meet it'),
})

/** One origin of a scenario as people write it. */
export const origin = z
  .strictObject({
    instances: z.int().min(1).max(5).default(1),
    slow: z
      .strictObject({
        instance: z.int().min(1).max(5).describe('which one, from 1'),
        times: z.number().min(1).max(1000).describe('so many times as long as the others'),
      })
      .optional()
      .describe('one instance that takes longer than the others'),
    routes: z.array(originRoute).min(1),
  })
  .refine(({ instances, slow }) => !slow || slow.instance <= instances, {
    error: 'there is no instance of this number',
    path: ['slow', 'instance'],
  })

type Written = z.output<typeof origin>

export function toOrigin({ instances, slow, routes }: Written): Origin {
  return { instances, ...(slow ? { slow } : {}), routes: routes.map(toRoute) }
}

function toRoute({
  path,
  body,
  by,
  compactFor,
  size,
  latency,
  errorRate,
  cacheControl,
  vary,
  failing,
  slowing,
}: Written['routes'][number]): OriginRoute {
  return {
    path,
    body,
    ...(by ? { by } : {}),
    ...(compactFor === undefined ? {} : { compactFor }),
    ...(size === undefined ? {} : { sizeBytes: size }),
    ...(latency ? { latency: { p50Ms: latency.p50, p99Ms: latency.p99 } } : {}),
    ...(errorRate === undefined ? {} : { errorRate }),
    ...(cacheControl === undefined ? {} : { cacheControl }),
    ...(vary === undefined ? {} : { vary }),
    ...(failing ? { failing: { fromMs: failing.from, forMs: failing.for } } : {}),
    ...(slowing ? { slowing: { fromMs: slowing.from, forMs: slowing.for, byMs: slowing.by } } : {}),
  }
}

/** True where a route has a time of its own at which it fails or is slow. */
export function hasSpells({ routes }: Pick<Written, 'routes'>): boolean {
  return routes.some(({ failing, slowing }) => failing !== undefined || slowing !== undefined)
}
