/** Goes through a lab as a learner would, with one cast: every run is made, every task judged with its files. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import { allEnded } from '../../side-by-side.ts'
import type { Lab, RunStep, TaskStep } from '../file/lab.ts'
import type { Progress } from '../progress/progress.ts'
import { beginProgress } from '../progress/progress-store.ts'
import type { Cast } from '../run/cast.ts'
import { observeRun } from '../run/observe.ts'
import { observed } from '../session/machine.ts'
import { applyOverlay, createWorkspace } from '../session/workspace.ts'
import type { GateLimits } from './limits.ts'
import { namesRule } from './names.ts'
import { questionRules, textRule } from './outcomes.ts'
import { broken, type Rule, ruleOf } from './rule.ts'
import { rehearseTask } from './task/rehearse-task.ts'
import type { Tally } from './task/tally.ts'

/** A lab with one of its casts. */
export interface Rehearsal {
  readonly lab: Lab
  readonly cast: Cast
}

export interface RehearsalOptions {
  /** For its files. Created here; the caller removes it. */
  readonly folder: string
  readonly limits: GateLimits
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

/** The same in every run of the gate, so that a verdict depends on the lab and not on a random seed. */
const seed = 7

/** Of each run: enough for every figure to be there. How sure it is, no rule asks. */
const mostRounds = 2

/** What came of a rehearsal, in the lab's order. */
export interface Rehearsed {
  readonly rules: readonly Rule[]
  /** One for each task. */
  readonly tallies: readonly Tally[]
}

/** Throws EdgeLabError `interrupted`. */
export async function rehearse(
  { lab, cast }: Rehearsal,
  { folder, limits, note, signal }: RehearsalOptions,
): Promise<Rehearsed> {
  const workspace = join(folder, 'files')
  const parts: Promise<Rehearsed>[] = []
  const begun = (part: Promise<Rehearsed>): void => {
    parts.push(part)
    // Told below, once all have ended.
    part.catch(() => undefined)
  }
  let progress: Progress = beginProgress(lab, new Date(), seed)
  await mkdir(folder)
  await createWorkspace(lab, workspace)
  const failing = new AbortController()
  const stopped = AbortSignal.any([signal, failing.signal])
  try {
    await goThrough()
  } catch (error) {
    failing.abort(error)
    throw error
  } finally {
    await Promise.allSettled(parts)
  }
  const ended = await allEnded(parts)
  const said = [...questionRules(lab, cast, progress), textRule(lab, cast, progress), await namesRule(lab, cast)]
  return {
    rules: [...ended.flatMap(({ rules }) => rules), ...said],
    tallies: ended.flatMap(({ tallies }) => tallies),
  }

  /** Runs one after another, as later ones rest on the files of the tasks before; tasks are judged meanwhile. */
  async function goThrough(): Promise<void> {
    for (const step of lab.steps) {
      signal.throwIfAborted()
      if (step.type === 'run') {
        const limited = step.requests ? limits.environment : limits.run
        const ran = await limited(() => runRule(step))
        progress = ran.progress
        begun(Promise.resolve({ rules: [ran.rule], tallies: [] }))
      }
      if (step.type === 'task') {
        begun(judged(step))
        await applyOverlay(lab, step.solution, workspace)
      }
    }
  }

  async function judged(step: TaskStep): Promise<Rehearsed> {
    const fresh = async (name: string, overlays: readonly string[] = []): Promise<string> => {
      const place = join(folder, name)
      await rm(place, { recursive: true, force: true })
      await createWorkspace(lab, place)
      for (const overlay of [...solutionsBefore(lab, step.id), ...overlays]) await applyOverlay(lab, overlay, place)
      return place
    }
    const { rules, tally } = await rehearseTask(step, { lab, cast, progress, fresh, limits, note, signal: stopped })
    return { rules, tallies: [tally] }
  }

  async function runRule(step: RunStep): Promise<{ readonly rule: Rule; readonly progress: Progress }> {
    signal.throwIfAborted()
    note(`${step.id}: the run`)
    const name = `run ${step.id}: every system takes part`
    try {
      const fewer = { ...step, rounds: Math.min(step.rounds, mostRounds) }
      const options = { lab, step: fewer, cast, workspace, seed, signal, line: note, round: limits.round }
      const observation = await observeRun(options)
      const wrong = step.through.flatMap((role) => {
        const seen = observation.roles[role]
        if (!seen) return [`${role} was not seen`]
        return seen.problem === '' ? [] : [`${seen.label}: ${seen.problem}`]
      })
      const labels = Object.values(observation.roles).map(({ label }) => label)
      return { rule: ruleOf(name, wrong, [labels.join(', ')]), progress: observed(progress, step.id, observation) }
    } catch (error) {
      if (!(error instanceof EdgeLabError) || error.name === 'interrupted') throw error
      return { rule: broken(name, error.message), progress }
    }
  }
}

/** Later tasks build on earlier ones, whose solutions every learner has by then. */
function solutionsBefore(lab: Lab, task: string): readonly string[] {
  const at = lab.steps.findIndex(({ id }) => id === task)
  return lab.steps.slice(0, at).flatMap((step) => (step.type === 'task' ? [step.solution] : []))
}
