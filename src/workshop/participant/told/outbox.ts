/**
 * What was told and what waits to be told: the newest report of each step, on disk before it is sent, and kept there until
 * the host has it on its own. One file, written whole.
 */
import { rename } from 'node:fs/promises'
import { z } from 'zod'
import { EdgeLabError } from '../../../errors.ts'
import { replaceWhole } from '../../../measurement/store/whole-file.ts'
import { readText, type UnreadableFile, whyUnwritable } from '../../../text-file.ts'
import { type StepReport, stepReportSchema } from '../../protocol/step-report.ts'
import type { Told } from './reports-of.ts'

export interface Outbox {
  /**
   * The reports of one lab as they are now, and the step that the learner is at. What is new gets the next numbers, the
   * step at hand the highest. On disk when it resolves with whether anything was new. Throws EdgeLabError
   * `stateUnwritable`.
   */
  tell(reports: readonly Told[], at: string): Promise<boolean>
  /** What the host has not confirmed, by number. */
  waiting(): readonly StepReport[]
  /** The host has these. Throws EdgeLabError `stateUnwritable`. */
  kept(numbers: readonly number[]): Promise<void>
}

const schema = z.strictObject({
  formatVersion: z.literal(1),
  /** The highest number so far. */
  seq: z.int().min(0),
  /** By `lab/step`. */
  reports: z.record(z.string(), stepReportSchema),
  /** Numbers of those that the host has not confirmed. */
  waiting: z.array(z.int()),
  /** `lab/step` where the learner was when something was last told. */
  at: z.string(),
})
type Kept = z.infer<typeof schema>

const placeOf = ({ lab, step }: Pick<StepReport, 'lab' | 'step'>): string => `${lab}/${step}`

/** Throws EdgeLabError `stateUnwritable` where a damaged file cannot be set aside. */
export async function openOutbox(path: string, now: () => Date = () => new Date()): Promise<Outbox> {
  let kept = await read(path, now())
  let queue: Promise<unknown> = Promise.resolve()
  /** One change after another; each is on disk before the next begins. */
  function inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const done = queue.then(change)
    queue = done.catch(() => undefined)
    return done
  }
  async function save(next: Kept): Promise<void> {
    try {
      await replaceWhole(path, `${JSON.stringify(next)}\n`, 0o600)
    } catch (cause) {
      throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
    }
    kept = next
  }
  return {
    waiting: () =>
      Object.values(kept.reports)
        .filter(({ seq }) => kept.waiting.includes(seq))
        .sort((a, b) => a.seq - b.seq),
    tell: (reports, at) =>
      inTurn(async () => {
        const next = numbered(kept, reports, at, now())
        if (next !== kept) await save(next)
        return next !== kept || kept.waiting.length > 0
      }),
    kept: (numbers) =>
      inTurn(async () => {
        const waiting = kept.waiting.filter((seq) => !numbers.includes(seq))
        if (waiting.length < kept.waiting.length) await save({ ...kept, waiting })
      }),
  }
}

/** The same object where nothing is new. */
function numbered(kept: Kept, told: readonly Told[], at: string, now: Date): Kept {
  const changed = told.filter((each) => !isTold(kept, each))
  const here = told.find(({ step }) => step === at)
  const hasMoved = here !== undefined && placeOf(here) !== kept.at
  if (changed.length === 0 && !hasMoved) return kept
  // The host takes the newest report for where somebody is.
  const inOrder = [...changed.filter((each) => each !== here), ...(here ? [here] : [])]
  const fresh = inOrder.map((each, index) => ({ ...each, seq: kept.seq + 1 + index, at: now.toISOString() }))
  const reports = { ...kept.reports, ...Object.fromEntries(fresh.map((each) => [placeOf(each), each])) }
  const current = new Set(Object.values(reports).map(({ seq }) => seq))
  return {
    ...kept,
    seq: kept.seq + fresh.length,
    reports,
    waiting: [...kept.waiting.filter((seq) => current.has(seq)), ...fresh.map(({ seq }) => seq)],
    at: here ? placeOf(here) : kept.at,
  }
}

function isTold({ reports }: Kept, told: Told): boolean {
  const before = reports[placeOf(told)]
  if (!before) return false
  const { seq: _seq, at: _at, ...was } = before
  return canonical(was) === canonical(told)
}

/** Members of objects in one order, whoever wrote them. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}

async function read(path: string, now: Date): Promise<Kept> {
  const nothing: Kept = { formatVersion: 1, seq: 0, reports: {}, waiting: [], at: '' }
  let text: string
  try {
    text = await readText(path)
  } catch (cause) {
    if ((cause as UnreadableFile).isMissing) return nothing
    text = ''
  }
  const parsed = schema.safeParse(jsonIn(text))
  if (parsed.success) return parsed.data
  await rename(path, `${path}.damaged-${now.toISOString().replaceAll(':', '')}`).catch((cause) => {
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  })
  // The host keeps the highest number of each step: whatever was told before must be below what is told from now on.
  return { ...nothing, seq: Math.floor(now.getTime() / 1000) }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
