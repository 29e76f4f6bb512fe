/** Slices as a record keeps them. */
import { z } from 'zod'
import { failureKinds } from '../../http/failure.ts'
import { efforts, type SlicesRecord } from '../slices/slice-record.ts'

const count = z.int().nonnegative()

const slice = z.object({
  label: z.string(),
  start: count,
  block: count,
  position: count,
  atMs: z.number(),
  durationMs: z.number(),
  sent: count,
  connected: count,
  answers: z.array(z.object({ class: count, latencyUs: z.array(z.number().nonnegative()) })),
  failures: z.partialRecord(z.enum(failureKinds), z.number()),
  cpuNs: z.number().nullable(),
  driverBusy: z.number(),
  lateP99Us: z.number(),
  flags: z.array(z.string()),
  repeated: z.literal(true).exactOptional(),
})

export const slicesSchema = z
  .object({
    effort: z.enum(efforts),
    sliceMs: z.number().positive(),
    precision: z.number().positive(),
    budgetMs: z.number().positive(),
    looks: z.array(count),
    stopped: z.string(),
    classes: z.array(
      z.object({ phase: z.string(), mixIndex: count, client: z.string(), status: z.int(), cache: z.string() }),
    ),
    slices: z.array(slice),
  })
  .refine(
    ({ classes, slices }) => slices.every(({ answers }) => answers.every((each) => each.class < classes.length)),
    'a slice names a class of answers that there is not',
  ) satisfies z.ZodType<SlicesRecord>
