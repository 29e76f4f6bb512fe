/** A scenario file as people write it. */
import { z } from 'zod'
import { headerOf } from '../http/headers.ts'
import { duration, key, name, rate } from '../policy/fields.ts'
import { policyInput } from '../policy/input.ts'
import { parseCount } from '../units.ts'
import { bodySize, origin, share } from './origin-input.ts'
import { headersInput, oneMethod, requestKeys, requestMistakes, toRequest } from './requests/request-input.ts'
import { targetMistake } from './requests/target-form.ts'
import { type Client, type MixEntry, type Month, managedCacheGb, maxRounds, measures } from './scenario.ts'

const notAStatus = (given: unknown): string => `“${given}” is not a status: write 401, or [200, 429]`

const status = z
  .int({ error: ({ input }) => notAStatus(input) })
  .min(200)
  .max(599)

const expected = z
  .union([status, z.array(status).min(1)], { error: ({ input }) => notAStatus(input) })
  .default(200)
  .transform((given) => (typeof given === 'number' ? [given] : given))
  .describe(
    'the status, or list of statuses, that answers this line as it is meant: 200 where nothing is said, 401 where a refusal is the point, [200, 429] where some are refused',
  )

const target = z
  .string()
  .refine((text) => targetMistake(text) === undefined, { error: ({ input }) => targetMistake(String(input)) })
  .describe('path and query; the path is written decoded (/café), {1..200} in it is a number drawn for each request')

const mixEntry = z
  .strictObject({
    ...requestKeys(target),
    client: name,
    weight: z.number().positive().default(1).describe('share among the entries of this phase'),
    skew: z.enum(['uniform', 'zipf']).default('uniform').describe('zipf: low numbers far more often'),
    expect: expected,
  })
  .superRefine(requestMistakes)
  .meta(oneMethod)
  .transform(
    ({ client, weight, skew, expect, ...request }): MixEntry => ({
      ...toRequest(request),
      client,
      weight,
      skew,
      expect,
    }),
  )

const client = z
  .strictObject({
    accept: z
      .string()
      .regex(/^[\x20-\x7e]{1,200}$/)
      .optional()
      .describe('its Accept header'),
    headers: headersInput.describe('its other headers'),
    consumer: name.optional().describe('sends this consumer’s key'),
    key: key.optional().describe('sends this key, whoever it belongs to'),
  })
  .superRefine(({ accept, headers }, context) => {
    if (accept !== undefined && headerOf(headers, 'accept') !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['headers', 'accept'],
        message: 'accept is said already, beside headers',
      })
  })
  .transform(
    ({ accept, headers, consumer, key }): Client => ({
      headers: accept === undefined ? headers : [['accept', accept], ...headers],
      ...(consumer ? { consumer } : {}),
      ...(key ? { key } : {}),
    }),
  )

const phase = z
  .strictObject({
    phase: name.describe('the name of this part of the traffic'),
    for: duration,
    rate: rate
      .optional()
      .describe(
        'requests per second or minute: 10/s, 30/m; left out with measure: capacity, where each answer brings the next',
      ),
    to: rate.optional().describe('the rate at the end: a ramp'),
    arrivals: z.enum(['poisson', 'constant']).optional().describe('how requests are spaced; poisson where left out'),
    atOnce: z.int().min(1).max(2000).optional().describe('so many requests together, instead of a rate'),
    warmUp: z.boolean().default(false).describe('sent, but left out of every figure'),
    mix: z.array(mixEntry).min(1),
  })
  .refine(({ rate, atOnce }) => rate === undefined || atOnce === undefined, 'a phase has either a rate or atOnce')

const expectation = z
  .object({ finding: z.string(), system: z.string() })
  .catchall(z.union([z.string(), z.number()]))
  .describe('what a figure of a finding must be for one system: offload: ">= 60%"')

const countMessage = (given: unknown): string =>
  `“${given}” is not a number of requests: write 250k, 50M, 1.5B or 1200, from 1 to 1000B`

/** How many in a month. */
export const monthlyRequests = z
  .union([z.string(), z.number()], { error: ({ input }) => countMessage(input) })
  .transform(String)
  .refine((text) => (parseCount(text) ?? 0) >= 1 && parseCount(text)! <= 1e12, {
    error: ({ input }) => countMessage(input),
  })
  .transform((text) => parseCount(text)!)
  .describe('requests in a month: 250k, 50M, 1.5B')

export const managedCache = z
  .union(
    managedCacheGb.map((gb) => z.literal(`${gb}GB`)),
    { error: ({ input }) => `“${input}” is no size of a managed cache: ${managedCacheGb.join(', ')}GB` },
  )
  .transform((text) => Number.parseFloat(text))
  .describe('size of a managed cache: 0.5GB')

const month = z
  .strictObject({
    requests: monthlyRequests.optional(),
    body: bodySize.optional().describe('mean size of an answer, where it is not the one that is measured'),
    cache: managedCache.optional(),
  })
  .transform(
    ({ requests, body, cache }): Month => ({
      ...(requests === undefined ? {} : { requests }),
      ...(body === undefined ? {} : { bodyBytes: body }),
      ...(cache === undefined ? {} : { cacheGb: cache }),
    }),
  )

export const scenarioInput = z.strictObject({
  formatVersion: z.literal(1),
  id: name,
  title: z.string().min(1).max(60),
  question: z.string().min(1).max(200).describe('the question that this scenario answers'),
  measure: z
    .enum(measures)
    .optional()
    .describe(
      'slices for costs without memory, rounds for behaviour with a memory of time, capacity for a ladder of connections; where left out, rounds if the policy caches or limits, the traffic has bursts or ramps or an origin fails at a time, else slices',
    ),
  policy: policyInput,
  origins: z.record(name, origin),
  clients: z.record(name, client),
  traffic: z.array(phase).min(1),
  rounds: z
    .strictObject({
      quick: z.int().min(1).max(50),
      full: z.int().min(1).max(maxRounds),
      quickShare: share.optional().describe('in the rounds of a look, each phase lasts this share of its time'),
    })
    .optional()
    .describe('how often it is measured; in slices precision and budget of the run say that'),
  fresh: z.boolean().default(false).describe('start systems anew for every round: empty caches, full buckets'),
  connections: z.int().min(1).max(1000).default(32).describe('most keep-alive connections of the driver'),
  month: month.optional().describe('what a month of such traffic is: managed-cost then says what it costs'),
  expect: z.array(expectation).default([]),
})

export type ScenarioInput = z.output<typeof scenarioInput>
