/**
 * A task fails on its starting files and passes with its solution, twice from fresh; it accepts the other solutions that
 * its author gives and refuses the wrong ones; every hint rule can be reached.
 */
import { EdgeLabError } from '../../../errors.ts'
import { allEnded } from '../../../side-by-side.ts'
import type { CheckVerdict } from '../../file/check.ts'
import type { Lab, TaskCheck, TaskStep } from '../../file/lab.ts'
import { isOwn } from '../../file/library.ts'
import { openTaskEnvironment } from '../../run/task-environment.ts'
import { applyOverlay, filesFor, resetFiles } from '../../session/workspace.ts'
import type { GateLimits } from '../limits.ts'
import { broken, type Rule } from '../rule.ts'
import { alsoAttempt, solutionAttempts, untried, wrongAttempt } from './attempts.ts'
import {
  checksAwaited,
  hintsReached,
  type Judgement,
  judgementOf,
  judgeNow,
  type Known,
  type Pass,
} from './judgement.ts'
import { isFor } from './overlays.ts'
import { taskRules } from './rules.ts'
import type { Tally } from './tally.ts'

export interface TaskRehearsal extends Known {
  /**
   * Makes a workspace of this name as a learner has it when the task begins, with `overlays` (folders of the lab)
   * copied over it.
   */
  readonly fresh: (name: string, overlays?: readonly string[]) => Promise<string>
  readonly limits: Pick<GateLimits, 'environment' | 'steady'>
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

/** A folder to be laid over the files, and the checks that decide what is claimed of it. */
interface Try {
  readonly files: string
  readonly checks: readonly TaskCheck[]
}

/** Two passes go on side by side, each with half of what is to be tried. */
export async function rehearseTask(
  step: TaskStep,
  rehearsal: TaskRehearsal,
): Promise<{ readonly rules: readonly Rule[]; readonly tally: Tally }> {
  const matter = filesFor(rehearsal.lab, rehearsal.cast, step)
  const all = await triesOf(step, rehearsal.lab, matter)
  const part = (rest: number): readonly Try[] => all.filter((_, n) => n % 2 === rest)
  const { environment } = rehearsal.limits
  try {
    const passes = (await allEnded([
      environment(() => pass(step, rehearsal, 'first', part(0))),
      environment(() => pass(step, rehearsal, 'second', part(1))),
    ])) as [Pass, Pass]
    const tried = new Map(passes.flatMap((each) => [...each.tried]))
    const tally = {
      task: step.id,
      solution: solutionAttempts(step, passes),
      also: step.also.map((files) => alsoAttempt(files, tried.get(files))),
      wrong: step.wrong.map((wrong) => wrongAttempt(wrong, tried.get(wrong.files))),
    }
    return { rules: taskRules(step, passes, tally, matter, isOwn(rehearsal.lab)), tally }
  } catch (error) {
    if (!(error instanceof EdgeLabError) || error.name === 'interrupted') throw error
    const details = [error.message, ...error.logTail.split('\n').filter((line) => line !== '')]
    return { rules: [broken(`task ${step.id}: can be judged`, ...details)], tally: untried(step, error.message) }
  }
}

/** Those that hold files for this cast. */
async function triesOf(step: TaskStep, lab: Lab, matter: readonly string[]): Promise<readonly Try[]> {
  const ids = new Map<string, readonly string[]>()
  const add = (files: string, more: readonly string[]): void =>
    void ids.set(files, [...(ids.get(files) ?? []), ...more])
  for (const files of step.states) add(files, [])
  for (const files of step.also) add(files, idsOf(step.checks))
  for (const { files, caught } of step.wrong) add(files, caught)
  const all = [...ids].map(([files, needed]) => ({
    files,
    checks: step.checks.filter(({ id }) => needed.includes(id)),
  }))
  const kept = await Promise.all(all.map(async (each) => ((await isFor(lab, each.files, matter)) ? [each] : [])))
  return kept.flat()
}

/** In a task environment of its own. */
async function pass(
  step: TaskStep,
  rehearsal: TaskRehearsal,
  which: 'first' | 'second',
  tries: readonly Try[],
): Promise<Pass> {
  const { lab, cast, progress, fresh, limits, note, signal } = rehearsal
  signal.throwIfAborted()
  note(`${step.id}: the starting files`)
  const name = `${step.id}-${which}`
  const workspace = await fresh(name)
  const untouched = await fresh(`${name}-untouched`)
  const { scenario, roles, checks } = step
  const { seed } = progress
  const { steady } = limits
  const environment = await openTaskEnvironment({ lab, cast, workspace, scenario, roles, seed, signal, steady })
  // Where nothing is to be judged, the files alone say what is asked of them: nothing is started for it.
  const judge = async (asked: readonly TaskCheck[]): Promise<Judgement> =>
    asked.length > 0
      ? judgeNow(step, asked, environment, rehearsal, workspace)
      : judgementOf(step, [], rehearsal, workspace)
  try {
    // Once all of them are asked, for the hints that wait for them; from then on the first that is wrong says enough.
    const start = which === 'first' ? await judge(checks) : await untilWrong()
    note(`${step.id}: the solution`)
    await applyOverlay(lab, step.solution, workspace)
    const solved = await judge(checks)
    note(`${step.id}: the solution undone`)
    await resetFiles(untouched, step.edit, workspace)
    // One that was wrong at the start is wrong again: the others would say nothing more.
    const wrong = start.verdicts.find(({ state }) => state === 'wrong')?.id
    const undone = await judge(checks.filter(({ id }) => wrong === undefined || id === wrong))
    const tried = new Map<string, Judgement>()
    const reached = new Set(hintsReached(step, start.facts))
    for (const { files, checks } of tries) {
      note(`${step.id}: ${files}`)
      await fresh(name, [files])
      const judgement = await withHints(await judge(checks), reached)
      tried.set(files, judgement)
      for (const hint of hintsReached(step, judgement.facts)) reached.add(hint)
    }
    return { start, solved, undone, tried }
  } finally {
    await environment.close()
  }

  async function untilWrong(): Promise<Judgement> {
    const verdicts: CheckVerdict[] = []
    for (const check of checks) {
      verdicts.push(...(await judge([check])).verdicts)
      if (verdicts.at(-1)?.state === 'wrong') break
    }
    return judgementOf(step, verdicts, rehearsal, workspace)
  }

  /** With the further checks by which it is decided whether it reaches a hint that nothing before has reached. */
  async function withHints({ verdicts, facts }: Judgement, reached: ReadonlySet<number>): Promise<Judgement> {
    const awaited = checksAwaited(step, facts, reached)
    const more = checks.filter(({ id }) => awaited.includes(id) && !verdicts.some((verdict) => verdict.id === id))
    const all = more.length > 0 ? [...verdicts, ...(await judge(more)).verdicts] : verdicts
    return judgementOf(step, all, rehearsal, workspace)
  }
}

function idsOf(all: readonly { readonly id: string }[]): readonly string[] {
  return all.map(({ id }) => id)
}
