/**
 * The runs of a folder, for lists. Only what lists show is looked at: to hold every round of every run against its
 * schema, histograms opened, takes a second for three runs.
 */
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { EdgeLabError } from '../../errors.ts'
import { whyUnreadable } from '../../text-file.ts'
import { type RunRecord, recordFormatVersion, type SystemRecord } from '../run-record.ts'
import { upgrade } from '../upgrade/upgrade.ts'
import { leadsNowhere, readRun, runFileName, validate } from './run-file.ts'

export interface RunOutline
  extends Pick<RunRecord, 'formatVersion' | 'id' | 'startedAt' | 'partial' | 'command' | 'runtime'> {
  readonly scenarios: readonly {
    readonly scenario: { readonly id: string }
    readonly subjects: readonly Pick<SystemRecord, 'system' | 'state'>[]
  }[]
}

const outline = z.object({
  formatVersion: z.literal(recordFormatVersion),
  id: z.string(),
  startedAt: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'should be a date'),
  partial: z.boolean(),
  command: z.string(),
  runtime: z.enum(['containers', 'processes']),
  scenarios: z.array(
    z.object({
      scenario: z.object({ id: z.string() }),
      subjects: z.array(z.object({ system: z.string(), state: z.enum(['measured', 'failed', 'unavailable']) })),
    }),
  ),
}) satisfies z.ZodType<RunOutline>

const checkOutline = (value: unknown): RunOutline | string => validate(outline, upgrade(value))

export interface RunEntry {
  readonly folder: string
  /** null where not even its outline can be read. What is damaged further inside is said where the run is opened. */
  readonly record: RunOutline | null
  readonly problem: string
}

/**
 * The runs below a folder, newest first; what looks like a run and cannot be read is listed with the reason, the folder
 * itself too.
 */
export async function listRuns(reports: string): Promise<readonly RunEntry[]> {
  let names: readonly string[]
  try {
    names = await readdir(reports)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && !(await leadsNowhere(reports))) return []
    return [
      { folder: reports, record: null, problem: `the folder of the runs cannot be read: ${whyUnreadable(cause)}` },
    ]
  }
  const entries = await Promise.all(names.map((name) => entryOf(join(reports, name))))
  return entries
    .filter((entry) => entry !== undefined)
    .sort((a, b) => ((a.record?.startedAt ?? '') < (b.record?.startedAt ?? '') ? 1 : -1))
}

/** undefined for a file, or a folder without a record. */
async function entryOf(folder: string): Promise<RunEntry | undefined> {
  try {
    return { folder, record: await readRun(join(folder, runFileName), checkOutline), problem: '' }
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    if (error.name !== 'unknownRun') return { folder, record: null, problem: error.message }
    const isLost = (await leadsNowhere(folder)) && !(await exists(folder))
    return isLost ? { folder, record: null, problem: 'it is a link to what is not there' } : undefined
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
