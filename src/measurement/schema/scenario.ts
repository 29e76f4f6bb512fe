/** A scenario and its policy as a record keeps them: parsed, in milliseconds and per second. */
import { z } from 'zod'
import { policyRecord } from '../../policy/record.ts'
import { measures, type Scenario } from '../../scenario/scenario.ts'
import { headersSchema, requestSchema } from './message.ts'

const spell = { fromMs: z.number(), forMs: z.number() }

const originRoute = z.object({
  path: z.string(),
  body: z.enum(['product', 'products', 'order', 'orders', 'account']),
  sizeBytes: z.number().exactOptional(),
  latency: z.object({ p50Ms: z.number(), p99Ms: z.number() }).exactOptional(),
  errorRate: z.number().exactOptional(),
  cacheControl: z.string().exactOptional(),
  failing: z.object(spell).exactOptional(),
  slowing: z.object({ ...spell, byMs: z.number() }).exactOptional(),
})

const phase = {
  phase: z.string(),
  forMs: z.number().nonnegative(),
  measured: z.boolean(),
  mix: z.array(
    requestSchema.extend({
      client: z.string(),
      weight: z.number(),
      skew: z.enum(['uniform', 'zipf']),
      expect: z.array(z.int()).exactOptional(),
    }),
  ),
}

const traffic = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rate'),
    ...phase,
    fromPerSecond: z.number(),
    toPerSecond: z.number(),
    arrivals: z.enum(['constant', 'poisson']),
  }),
  z.object({ kind: z.literal('burst'), ...phase, atOnce: z.int().nonnegative() }),
  z.object({ kind: z.literal('closed'), ...phase }),
])

const expectation = z.object({
  finding: z.string(),
  system: z.string(),
  metric: z.string(),
  comparison: z.discriminatedUnion('op', [
    z.object({ op: z.enum(['>=', '<=', '>', '<', '=']), value: z.number() }),
    z.object({ op: z.literal('±'), value: z.number(), tolerance: z.number() }),
  ]),
  text: z.string(),
})

export const scenarioSchema = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  measure: z.enum(measures),
  policy: policyRecord,
  origins: z.record(
    z.string(),
    z.object({
      instances: z.int(),
      slow: z.object({ instance: z.int(), times: z.number() }).exactOptional(),
      routes: z.array(originRoute),
    }),
  ),
  clients: z.record(
    z.string(),
    z.object({
      headers: headersSchema,
      consumer: z.string().exactOptional(),
      key: z.string().exactOptional(),
    }),
  ),
  traffic: z.array(traffic),
  rounds: z.object({ quick: z.int(), full: z.int(), quickShare: z.number().exactOptional() }),
  fresh: z.boolean(),
  connections: z.int(),
  month: z
    .object({
      requests: z.number().positive().exactOptional(),
      bodyBytes: z.number().nonnegative().exactOptional(),
      cacheGb: z.number().positive().exactOptional(),
    })
    .exactOptional(),
  expect: z.array(expectation),
}) satisfies z.ZodType<Scenario>
