/** A measured round as a record keeps it. */
import { z } from 'zod'
import { failureKinds } from '../../http/failure.ts'
import { decodeHistogram } from '../../traffic/measure/histogram.ts'
import type { RoundRecord } from '../run-record.ts'
import { headersSchema, requestSchema } from './message.ts'

const counts = z.record(z.string(), z.number())

/** A histogram that can be decoded: a record that was cut or edited is refused when it is read, not in a finding. */
export const encoded = z.string().refine((text) => {
  try {
    decodeHistogram(text)
    return true
  } catch {
    return false
  }
}, 'not a histogram')

const series = z.object({
  phase: z.string(),
  mixIndex: z.int().nonnegative(),
  client: z.string(),
  status: z.int(),
  cache: z.string(),
  count: z.int().nonnegative(),
  bodyBytes: z.number().nonnegative(),
  latency: encoded,
  service: encoded,
})

/** Answers to requests due within one tenth of a second: the multiple of 100 is what the bucket is drawn from. */
const slot = z.object({
  atMs: z.int().nonnegative().multipleOf(100),
  phase: z.string(),
  client: z.string(),
  status: z.int(),
  count: z.int().nonnegative(),
})

const originCounts = z.object({
  name: z.string(),
  instance: z.int(),
  requests: z.int(),
  connections: z.int(),
  routes: counts,
  paths: counts,
  consumers: counts,
  statuses: counts,
  last: z.array(requestSchema),
})

const nanoseconds = z.number().nullable()

export const roundSchema = z.object({
  index: z.int().nonnegative(),
  label: z.string(),
  position: z.int().nonnegative(),
  durationMs: z.number(),
  sent: z.int(),
  answered: z.int(),
  connected: z.int(),
  seconds: z.array(z.object({ at: z.int(), series: z.array(series) })),
  slots: z.array(slot),
  lateness: encoded,
  failures: z.partialRecord(z.enum(failureKinds), z.number()),
  faults: z.record(z.string(), z.int().nonnegative()),
  driverBusy: z.number(),
  drivers: z.array(z.object({ busy: z.number(), lateP99Us: z.number() })).optional(),
  cpuNs: z.object({ system: nanoseconds, origins: nanoseconds, driver: nanoseconds }),
  memoryBytes: z.number().nullable(),
  origins: z.array(originCounts),
  flags: z.array(z.string()),
  samples: z.array(
    z.object({
      phase: z.string(),
      client: z.string(),
      request: requestSchema,
      status: z.int(),
      headers: headersSchema,
      body: z.string(),
      truncated: z.boolean(),
      count: z.int().min(1).exactOptional(),
    }),
  ),
}) satisfies z.ZodType<RoundRecord>
