/** What a run record must be to be read. The compiler checks it against the interface, so both are changed together. */
import { z } from 'zod'
import { type RunRecord, recordFormatVersion, type SystemRecord } from '../run-record.ts'
import { validate } from '../store/run-file.ts'
import { upgrade } from '../upgrade/upgrade.ts'
import { capacitySchema } from './capacity.ts'
import { exchangeSchema } from './message.ts'
import { roundSchema } from './round.ts'
import { scenarioSchema } from './scenario.ts'
import { slicesSchema } from './slices.ts'

/** Ids are open: a later version may know more features and systems than this one. */
const feature = z.string()
const lines = z.object({ config: z.int(), script: z.int() })

const probe = z.object({
  id: z.string(),
  feature,
  line: z.string(),
  claim: z.string(),
  state: z.enum(['passed', 'failed', 'skipped']),
  expected: z.string(),
  received: z.string(),
  shows: z.string().exactOptional(),
  evidence: z.array(exchangeSchema),
})

const featureSupport = z.object({
  level: z.enum(['native', 'plugin', 'script', 'none', 'unknown']),
  how: z.string(),
  docs: z.string(),
  byChoice: z.boolean().exactOptional(),
})

/** Open as ids are: a later version may know more kinds. */
const kind = z.string()

const subject = z.object({
  label: z.string(),
  system: z.string(),
  duplicateOf: z.string().exactOptional(),
  kind,
  state: z.enum(['measured', 'failed', 'unavailable']),
  reason: z.string(),
  remedy: z.string(),
  logTail: z.string(),
  ended: z.object({ at: z.string(), round: z.int(), why: z.string() }).exactOptional(),
  version: z.string().nullable(),
  imageDigest: z.string().nullable(),
  ranAs: z.string(),
  binarySha256: z.string().exactOptional(),
  support: z.record(feature, featureSupport),
  native: z.object({
    files: z.array(z.object({ path: z.string(), language: z.string(), text: z.string() })),
    fidelity: z.array(
      z.object({
        feature,
        path: z.string(),
        line: z.string(),
        level: z.enum(['exact', 'approximated', 'impossible', 'unknown']),
        how: z.string(),
      }),
    ),
  }),
  effort: z.object({ configLines: z.int(), scriptLines: z.int(), features: z.record(feature, lines) }),
  proof: z.array(probe),
}) satisfies z.ZodType<SystemRecord>

const cores = z.array(z.int()).nullable()

export const recordSchema = z.object({
  formatVersion: z.literal(recordFormatVersion),
  id: z.string(),
  edgelab: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  partial: z.boolean(),
  quick: z.boolean(),
  seed: z.number(),
  command: z.string(),
  runtime: z.enum(['containers', 'processes']),
  runtimeReason: z.string(),
  host: z.object({
    os: z.string(),
    cpu: z.string(),
    cores: z.number(),
    memoryBytes: z.number(),
    node: z.string(),
    engine: z.string().nullable(),
  }),
  pinning: z.object({ driver: cores, others: cores, note: z.string() }),
  declared: z.array(
    z.object({
      system: z.string(),
      kind,
      buildsOn: z.string().exactOptional(),
      support: z.record(feature, featureSupport),
    }),
  ),
  scenarios: z.array(
    z.object({
      scenario: scenarioSchema,
      plannedRounds: z.int(),
      subjects: z.array(subject),
      rounds: z.array(roundSchema),
      slices: slicesSchema.exactOptional(),
      capacity: capacitySchema.exactOptional(),
    }),
  ),
}) satisfies z.ZodType<RunRecord>

/** The record, lifted to today's shape where it is older; or what is wrong with it in words. */
export function checkRecord(value: unknown): RunRecord | string {
  return validate(recordSchema, upgrade(value))
}
