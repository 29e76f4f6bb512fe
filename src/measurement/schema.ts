/** What a run record must look like to be read: the parts that findings and views rely on. */
import { z } from 'zod'
import { type RunRecord, recordFormatVersion } from './run-record.ts'

const counts = z.record(z.string(), z.number())
const pairs = z.array(z.tuple([z.string(), z.string()]))
const encoded = z.string().min(1)

const series = z.looseObject({
  phase: z.string(),
  mixIndex: z.int().nonnegative(),
  client: z.string(),
  status: z.int(),
  cache: z.string(),
  count: z.int().nonnegative(),
  bodyBytes: z.number(),
  latency: encoded,
  service: encoded,
})

const round = z.looseObject({
  index: z.int().nonnegative(),
  label: z.string(),
  position: z.int().nonnegative(),
  durationMs: z.number(),
  sent: z.int(),
  answered: z.int(),
  connected: z.int(),
  seconds: z.array(z.looseObject({ at: z.int(), series: z.array(series) })),
  slots: z.array(
    z.looseObject({ atMs: z.number(), phase: z.string(), client: z.string(), status: z.int(), count: z.int() }),
  ),
  lateness: encoded,
  failures: counts,
  driverBusy: z.number(),
  cpuNs: z.looseObject({
    system: z.number().nullable(),
    origins: z.number().nullable(),
    driver: z.number().nullable(),
  }),
  memoryBytes: z.number().nullable(),
  origins: z.array(
    z.looseObject({
      name: z.string(),
      instance: z.int(),
      requests: z.int(),
      paths: counts,
      consumers: counts,
      routes: counts,
    }),
  ),
  flags: z.array(z.string()),
  samples: z.array(
    z.looseObject({ phase: z.string(), client: z.string(), status: z.int(), headers: pairs, body: z.string() }),
  ),
})

const probe = z.looseObject({
  id: z.string(),
  feature: z.string(),
  claim: z.string(),
  state: z.enum(['passed', 'failed', 'skipped']),
  expected: z.string(),
  received: z.string(),
  evidence: z.array(z.looseObject({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() })),
})

const subject = z.looseObject({
  label: z.string(),
  system: z.string(),
  kind: z.enum(['baseline', 'proxy', 'gateway']),
  state: z.enum(['measured', 'failed', 'unavailable']),
  reason: z.string(),
  logTail: z.string(),
  support: z.record(z.string(), z.looseObject({ level: z.string(), how: z.string(), docs: z.string() })),
  native: z.looseObject({
    files: z.array(z.looseObject({ path: z.string(), language: z.string(), text: z.string() })),
    fidelity: z.array(z.looseObject({ feature: z.string(), line: z.string(), level: z.string(), how: z.string() })),
  }),
  effort: z.looseObject({ configLines: z.int(), scriptLines: z.int(), features: z.record(z.string(), counts) }),
  proof: z.array(probe),
})

const scenario = z.looseObject({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  policy: z.looseObject({ routes: z.array(z.looseObject({ path: z.string(), origin: z.string() })) }),
  traffic: z.array(z.looseObject({ phase: z.string(), forMs: z.number(), measured: z.boolean(), kind: z.string() })),
  expect: z.array(z.looseObject({ finding: z.string(), system: z.string(), metric: z.string(), text: z.string() })),
})

export const recordSchema = z.looseObject({
  formatVersion: z.literal(recordFormatVersion),
  id: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  partial: z.boolean(),
  seed: z.number(),
  command: z.string(),
  runtime: z.enum(['containers', 'processes']),
  runtimeReason: z.string(),
  host: z.looseObject({
    os: z.string(),
    cpu: z.string(),
    cores: z.number(),
    memoryBytes: z.number(),
    node: z.string(),
  }),
  pinning: z.looseObject({ note: z.string() }),
  scenarios: z.array(
    z.looseObject({ scenario, plannedRounds: z.int(), subjects: z.array(subject), rounds: z.array(round) }),
  ),
})

/** The record, or what is wrong with it in words. */
export function checkRecord(value: unknown): RunRecord | string {
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion
  if (typeof version === 'number' && version > recordFormatVersion) {
    return `it has format version ${version}; this EdgeLab reads up to ${recordFormatVersion}`
  }
  const checked = recordSchema.safeParse(value)
  // The value as it was read, not zod's copy of it, which has its own order of keys: reports are the same byte for byte.
  if (checked.success) return value as RunRecord
  const [issue] = checked.error.issues
  return `${issue?.path.join('.') || 'the document'}: ${issue?.message}`
}
