/**
 * The runs of a folder, for lists. Only what lists show is looked at: to hold every round of every run against its schema,
 * histograms opened, takes a second for three runs.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LabError } from '../errors.ts'
import { systemIds } from '../systems/system.ts'
import { heldAgainst, readRun, runFileName } from './run-file.ts'
import { type RunRecord, recordFormatVersion, type SubjectRecord } from './run-record.ts'

export interface RunOutline
  extends Pick<RunRecord, 'formatVersion' | 'id' | 'startedAt' | 'partial' | 'command' | 'runtime'> {
  readonly scenarios: readonly {
    readonly scenario: { readonly id: string }
    readonly subjects: readonly Pick<SubjectRecord, 'system' | 'state'>[]
  }[]
}

const outline = z.object({
  formatVersion: z.literal(recordFormatVersion),
  id: z.string(),
  startedAt: z.string(),
  partial: z.boolean(),
  command: z.string(),
  runtime: z.enum(['containers', 'processes']),
  scenarios: z.array(
    z.object({
      scenario: z.object({ id: z.string() }),
      subjects: z.array(z.object({ system: z.enum(systemIds), state: z.enum(['measured', 'failed', 'unavailable']) })),
    }),
  ),
}) satisfies z.ZodType<RunOutline>

const checkOutline = (value: unknown): RunOutline | string => heldAgainst(outline, value)

export interface RunEntry {
  readonly folder: string
  /** null where not even its outline can be read. What is damaged further inside is said where the run is opened. */
  readonly record: RunOutline | null
  readonly problem: string
}

/** The runs below a folder, newest first; damaged ones are listed with what is wrong with them. */
export async function listRuns(reports: string): Promise<readonly RunEntry[]> {
  const names = await readdir(reports).catch(() => [])
  const entries = await Promise.all(
    names.map(async (name): Promise<RunEntry | undefined> => {
      const folder = join(reports, name)
      try {
        return { folder, record: await readRun(join(folder, runFileName), checkOutline), problem: '' }
      } catch (error) {
        if (!(error instanceof LabError) || error.name === 'unknownRun') return undefined
        return { folder, record: null, problem: error.message }
      }
    }),
  )
  return entries
    .filter((entry) => entry !== undefined)
    .sort((a, b) => ((a.record?.startedAt ?? '') < (b.record?.startedAt ?? '') ? 1 : -1))
}
