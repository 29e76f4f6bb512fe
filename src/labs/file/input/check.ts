/** Requests and checks as people write them in a lab file. A check is `{ <kind>: { … } }`. */
import { z } from 'zod'
import { duration, name, rate } from '../../../policy/fields.ts'
import {
  headerName,
  oneMethod,
  requestKeys,
  requestMistakes,
  toRequest,
} from '../../../scenario/requests/request-input.ts'
import type { Check } from '../check.ts'
import type { RequestLine } from '../request-line.ts'
import { bounds, condition, expected, unbounded } from './condition.ts'

const target = z
  .string()
  .regex(/^\/[\x21-\x7e]*$/, { error: ({ input }) => `“${input}” is not a path to ask for` })
  .describe('path and query')

export const requestLine = z
  .strictObject({
    as: name.optional().describe('what answers and counts are filed under; the client where left out'),
    ...requestKeys(target),
    client: name.describe('a client of the scenario: its headers and key'),
    times: z.int().min(1).max(500).default(1),
    together: z.boolean().default(false).describe('all at once, each on a connection of its own'),
    after: duration.default(0).describe('how long to wait before the first of them'),
    from: z
      .int()
      .min(2)
      .max(9)
      .exactOptional()
      .describe('another address of the client: its second, third and so on; the usual one where left out'),
  })
  .superRefine(requestMistakes)
  .meta({ id: 'request-line', ...oneMethod })
  .transform(
    ({ as, client, times, together, after, from, ...request }): RequestLine => ({
      as: as ?? client,
      ...toRequest(request),
      client,
      times,
      together,
      afterMs: after,
      ...(from === undefined ? {} : { from }),
    }),
  )

const steadyLine = z
  .strictObject({ ...requestKeys(target), rate, accepted: bounds.describe('how many in all') })
  .superRefine(requestMistakes)
  .meta({ id: 'steady-request-line', ...oneMethod })
  .transform(({ rate, accepted, ...request }) => ({ ...toRequest(request), perSecond: rate, accepted }))

export const requestLines = z
  .union([z.array(requestLine).min(1), requestLine], { error: 'write { get: …, client: … }, or a list of them' })
  .transform((lines): readonly RequestLine[] => ('as' in lines ? [lines] : lines))

const role = name.describe('a role of this lab, or direct')
const before = requestLines
  .optional()
  .transform((lines) => lines ?? [])
  .describe('asked before it, and not judged')
const headers = z.record(headerName, expected).default({})
const status = z.string().regex(/^([1-5]\d\d|0)$/, { error: ({ input }) => `“${input}” is not a status: write 200` })

const kinds = {
  http: z.strictObject({
    role,
    before,
    send: requestLine,
    status: z.int().min(100).max(599).optional(),
    headers: headers.describe('of the answer'),
    body: expected.optional(),
  }),
  sequence: z.strictObject({
    role,
    send: requestLines,
    statuses: z
      .record(name, z.record(status, bounds))
      .describe('for each line’s name, how often each status comes: { greedy: { 200: 10, 429: ">=5" } }'),
    trials: z
      .int()
      .min(1)
      .max(9)
      .default(1)
      .describe(
        'each from fresh; that is judged in which fewest are accepted, as time that passes only lets more through',
      ),
    within: duration
      .optional()
      .describe('requests at once whose answers took longer tell nothing: the exact count of a burst needs it'),
  }),
  rate: z.strictObject({
    role,
    for: duration,
    clients: z.record(name, steadyLine).describe('steady traffic of each client'),
  }),
  cache: z.strictObject({
    role,
    send: requestLines,
    hits: bounds.default(unbounded).describe('answers that came from the cache'),
    originHits: bounds.default(unbounded).describe('requests that reached the origins'),
  }),
  transform: z.strictObject({ role, before, send: requestLine, as: z.enum(['json', 'xml', 'compact-json']) }),
  upstream: z.strictObject({
    role,
    send: requestLines,
    headers: headers.describe('of every request that arrived'),
    requests: bounds.optional().describe('that reached the origins'),
    connections: bounds.optional().describe('that the origins accepted for them'),
  }),
  config: z.strictObject({ role }),
  compare: z.strictObject({
    roles: z.array(role).min(1),
    send: requestLines,
    holds: condition.describe('facts begin with the role: proxy.origin.requests'),
  }),
  answer: condition.describe('a statement about earlier runs and files'),
} as const

type Written = { [Kind in keyof typeof kinds]?: z.output<(typeof kinds)[Kind]> | undefined } & {
  all?: readonly Check[] | undefined
  any?: readonly Check[] | undefined
  not?: Check | undefined
}

const oneKind = `a check has one of ${[...Object.keys(kinds), 'all', 'any', 'not'].join(', ')}`
const shape = {
  http: kinds.http.optional(),
  sequence: kinds.sequence.optional(),
  rate: kinds.rate.optional(),
  cache: kinds.cache.optional(),
  transform: kinds.transform.optional(),
  upstream: kinds.upstream.optional(),
  config: kinds.config.optional(),
  compare: kinds.compare.optional(),
  answer: kinds.answer.optional(),
}

const check: z.ZodType<Check> = z
  .strictObject({
    ...shape,
    get all() {
      return z.array(check).min(1).optional()
    },
    get any() {
      return z.array(check).min(1).optional()
    },
    get not() {
      return check.optional()
    },
  })
  .refine((written) => kindsOf(written).length === 1, oneKind)
  .transform((written) => toCheck(written))

/** One line of a task: what the learner reads, and how it is judged. */
export const taskCheck = z
  .strictObject({
    id: name,
    describe: z.string().min(1).max(120).describe('what is true when it is right'),
    ...shape,
    all: z.array(check).min(1).optional(),
    any: z.array(check).min(1).optional(),
    not: check.optional(),
  })
  .refine((written) => kindsOf(written).length === 1, oneKind)
  .transform(({ id, describe, ...written }) => ({ id, describe, check: toCheck(written) }))

function kindsOf(written: object): readonly string[] {
  const given = Object.entries(written).filter(([, value]) => value !== undefined)
  return given.map(([kind]) => kind).filter((kind) => kind !== 'id' && kind !== 'describe')
}

/** Exactly one of the parts is there. */
function toCheck({
  http,
  sequence,
  rate,
  cache,
  transform,
  upstream,
  config,
  compare,
  answer,
  all,
  any,
  not,
}: Written): Check {
  if (http) {
    const { status, body, ...rest } = http
    return { kind: 'http', ...rest, ...(status === undefined ? {} : { status }), ...(body ? { body } : {}) }
  }
  if (sequence) {
    const statuses = Object.entries(sequence.statuses).map(([as, each]) => [
      as,
      Object.entries(each).map(([status, times]) => ({ status: Number(status), times })),
    ])
    const { within, ...rest } = sequence
    return {
      kind: 'sequence',
      ...rest,
      statuses: Object.fromEntries(statuses),
      ...(within === undefined ? {} : { withinMs: within }),
    }
  }
  if (rate) return { kind: 'rate', role: rate.role, forMs: rate.for, clients: rate.clients }
  if (cache) return { kind: 'cache', ...cache }
  if (transform) return { kind: 'transform', ...transform }
  if (upstream) {
    const { requests, connections, ...rest } = upstream
    return { kind: 'upstream', ...rest, ...(requests ? { requests } : {}), ...(connections ? { connections } : {}) }
  }
  if (config) return { kind: 'config', ...config }
  if (compare) return { kind: 'compare', ...compare }
  if (answer) return { kind: 'answer', holds: answer }
  if (all) return { kind: 'all', checks: all }
  if (any) return { kind: 'any', checks: any }
  return { kind: 'not', check: not! }
}
