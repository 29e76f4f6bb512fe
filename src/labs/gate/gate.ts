/**
 * The author's gate: whether a lab does what its texts promise, with every system that can play a role here. It goes the
 * learner's way, runs what is to be run, and holds every task against its starting files, its solution and its states.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LabError } from '../../errors.ts'
import type { Lab, RunStep } from '../lab.ts'
import { observed } from '../machine.ts'
import { observeRun } from '../observe.ts'
import type { Progress } from '../progress.ts'
import { beginProgress } from '../progress-store.ts'
import type { Cast } from '../session.ts'
import { applyOverlay, layWorkspace } from '../workspace.ts'
import { questionRules, textRule } from './outcomes.ts'
import { broken, type Rule, ruleOf } from './rule.ts'
import { taskRules } from './task.ts'

export interface GateOptions {
  /** Called with every rule as soon as it is known. */
  readonly rule: (rule: Rule) => void
  /** What goes on meanwhile. */
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

/** The same for every run of the gate, so that it judges the lab and not the draw. */
const seed = 7

/** With one cast. Resolves with true where every rule is kept. Throws LabError `interrupted`. */
export async function passesGate(lab: Lab, cast: Cast, { rule, note, signal }: GateOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-gate-'))
  const workspace = join(folder, 'files')
  let progress: Progress = beginProgress(lab, new Date(), seed)
  let isGood = true
  function report(rules: readonly Rule[]): void {
    for (const each of rules) {
      rule(each)
      isGood &&= each.kept
    }
  }
  try {
    await layWorkspace(lab, workspace)
    for (const step of lab.steps) {
      signal.throwIfAborted()
      if (step.type === 'run') {
        note(`${step.id}: the run`)
        const ran = await runRule(step)
        progress = ran.progress
        report([ran.rule])
      }
      if (step.type === 'task') {
        note(`${step.id}: the task`)
        const fresh = async (name: string, overlays: readonly string[] = []): Promise<string> => {
          const place = join(folder, name)
          await rm(place, { recursive: true, force: true })
          await layWorkspace(lab, place)
          for (const overlay of [...solutionsBefore(lab, step.id), ...overlays]) await applyOverlay(lab, overlay, place)
          return place
        }
        report(await taskRules(step, { lab, cast, progress, fresh, note, signal }))
        await applyOverlay(lab, step.solution, workspace)
      }
    }
    report(questionRules(lab, cast, progress))
    report([textRule(lab, cast, progress)])
    return isGood
  } finally {
    await rm(folder, { recursive: true, force: true })
  }

  async function runRule(step: RunStep): Promise<{ readonly rule: Rule; readonly progress: Progress }> {
    const name = `run ${step.id}: every system takes part`
    try {
      const observation = await observeRun({ lab, step, cast, workspace, seed, signal, line: note })
      const wrong = step.through.flatMap((role) => {
        const seen = observation.roles[role]
        if (!seen) return [`${role} was not seen`]
        return seen.problem === '' ? [] : [`${seen.label}: ${seen.problem}`]
      })
      const labels = Object.values(observation.roles).map(({ label }) => label)
      return { rule: ruleOf(name, wrong, [labels.join(', ')]), progress: observed(progress, step.id, observation) }
    } catch (error) {
      if (!(error instanceof LabError) || error.name === 'interrupted') throw error
      return { rule: broken(name, error.message), progress }
    }
  }
}

/** Later tasks build on what earlier ones made: their solutions are what every learner has by then. */
function solutionsBefore(lab: Lab, task: string): readonly string[] {
  const at = lab.steps.findIndex(({ id }) => id === task)
  return lab.steps.slice(0, at).flatMap((step) => (step.type === 'task' ? [step.solution] : []))
}
