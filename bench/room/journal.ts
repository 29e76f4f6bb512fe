/** What the host has on its disk, line by line. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { StepReport } from '../../src/workshop/protocol/step-report.ts'
import { entrySchema } from '../../src/workshop/room/entry.ts'

export interface Journal {
  /** Names of participants, by their ids. */
  readonly names: ReadonlyMap<string, string>
  /** In the order in which they were written. */
  readonly reports: readonly (StepReport & { readonly participant: string })[]
}

/** Of the one workshop in this home. A last line that is not whole yet is left out. */
export async function readJournal(home: string): Promise<Journal> {
  const workshops = join(home, 'workshops')
  const [id] = (await readdir(workshops).catch(() => [])).filter((name) => !name.startsWith('.'))
  const text = id === undefined ? '' : await readFile(join(workshops, id, 'journal.ndjson'), 'utf8').catch(() => '')
  const lines = text.split('\n').slice(0, -1)
  const entries = z.array(entrySchema).parse(lines.map((line) => JSON.parse(line) as unknown))
  return {
    names: new Map(entries.flatMap((each) => (each.kind === 'joined' ? [[each.participant, each.name] as const] : []))),
    reports: entries.flatMap((each) =>
      each.kind === 'reported' ? each.reports.map((report) => ({ ...report, participant: each.participant })) : [],
    ),
  }
}

/** Reports that hold answers to a step, by the name of who gave them. */
export function answersTo(step: string, { names, reports }: Journal): ReadonlyMap<string, readonly StepReport[]> {
  const answered = reports.filter((report) => report.step === step && Object.keys(report.answers).length > 0)
  return Map.groupBy(answered, ({ participant }) => names.get(participant) ?? 'unknown')
}

/** Numbers that were written more than once for one participant. */
export function repeated({ reports }: Journal): readonly string[] {
  const keys = reports.map(({ participant, seq }) => `${participant} ${seq}`)
  return keys.filter((key, at) => keys.indexOf(key) !== at)
}
