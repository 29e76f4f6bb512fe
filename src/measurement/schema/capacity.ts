/** A ladder of connections as a record keeps it. */
import { z } from 'zod'
import { failureKinds } from '../../http/failure.ts'
import type { CapacityRecord } from '../capacity/capacity-record.ts'
import { encoded } from './round.ts'

const count = z.int().nonnegative()
const nanoseconds = z.number().nonnegative().nullable()
const share = z.number().nonnegative().nullable()

const loop = z.object({ perSecond: z.number(), p50Us: z.number().nullable(), errors: count })

const coreIds = z.array(z.int().nonnegative()).nullable()

const step = z.object({
  label: z.string(),
  start: count,
  block: count,
  position: count,
  atMs: z.number(),
  connections: z.int().positive(),
  measuredMs: z.number().positive(),
  answered: count,
  unexpected: count,
  reached: count,
  failures: z.partialRecord(z.enum(failureKinds), z.number()),
  connected: count,
  latency: encoded,
  account: z.object({
    wallMs: z.number().positive(),
    answered: count,
    cpuNs: z.object({ system: nanoseconds, origins: nanoseconds, driver: nanoseconds }),
    busy: z.object({ driver: share, others: share }),
  }),
  flags: z.array(z.string()),
})

export const capacitySchema = z
  .object({
    ladder: z.array(z.int().positive()).min(1),
    stepMs: z.number().positive(),
    warmUpMs: z.number().nonnegative(),
    cores: z.object({ driver: coreIds, others: coreIds }),
    instances: z.int().positive(),
    steps: z.array(step),
    referee: z
      .object({
        tool: z.string(),
        holds: z.boolean(),
        seen: z.string(),
        checks: z.array(z.object({ label: z.string(), connections: z.int().positive(), driver: loop, referee: loop })),
      })
      .exactOptional(),
  })
  .refine(
    ({ ladder, steps }) => steps.every(({ connections }) => ladder.includes(connections)),
    'a step has a number of connections that is not on the ladder',
  ) satisfies z.ZodType<CapacityRecord>
