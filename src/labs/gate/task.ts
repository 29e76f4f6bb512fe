/**
 * A task fails on its starting files and passes with its solution, twice from fresh; every hint rule can be reached.
 */
import { EdgeLabError } from '../../errors.ts'
import { allEnded } from '../../side-by-side.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Condition } from '../file/condition.ts'
import type { Lab, TaskStep } from '../file/lab.ts'
import { type Facts, factsOf, fileFacts, firstOf, truthOf, verdictFacts } from '../progress/facts.ts'
import type { Progress } from '../progress/progress.ts'
import type { Cast } from '../run/cast.ts'
import { openTaskEnvironment, type TaskEnvironment } from '../run/task-environment.ts'
import { applyOverlay, resetFiles } from '../session/workspace.ts'
import type { GateLimits } from './limits.ts'
import { broken, kept, type Rule, ruleOf } from './rule.ts'

export interface TaskRehearsal {
  readonly lab: Lab
  readonly cast: Cast
  /** With the observations of the runs before the task. */
  readonly progress: Progress
  /**
   * Makes a workspace of this name as a learner has it when the task begins, with `overlays` (folders of the lab)
   * copied over it.
   */
  readonly fresh: (name: string, overlays?: readonly string[]) => Promise<string>
  readonly limits: Pick<GateLimits, 'environment' | 'steady'>
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

/** A judgement of the task in one state of its files. */
interface Judgement {
  readonly verdicts: readonly CheckVerdict[]
  readonly facts: Facts
}

/** What was judged in one task environment: the starting files, the solution, its undoing, and some of the states. */
interface Pass {
  readonly start: Judgement
  readonly solved: Judgement
  readonly undone: Judgement
  readonly states: readonly Judgement[]
}

/** How often a task is judged at most: a verdict that stays unknown (a busy machine) is tried again. */
const tries = 3

/** Two passes run side by side, each with half of the states. */
export async function taskRules(step: TaskStep, rehearsal: TaskRehearsal): Promise<readonly Rule[]> {
  const name = `task ${step.id}`
  const half = Math.ceil(step.states.length / 2)
  try {
    const [first, second] = (await allEnded([
      rehearsal.limits.environment(() => pass(step, rehearsal, `${step.id}-first`, step.states.slice(0, half))),
      rehearsal.limits.environment(() => pass(step, rehearsal, `${step.id}-second`, step.states.slice(half))),
    ])) as [Pass, Pass]
    return [
      failsRule(`${name}: fails on the starting files`, first.start),
      passesRule(`${name}: passes with the solution`, first.solved),
      failsRule(`${name}: fails again without the solution`, first.undone),
      failsRule(`${name}: fails on the starting files, once more from fresh`, second.start),
      passesRule(`${name}: passes with the solution, once more from fresh`, second.solved),
      failsRule(`${name}: fails again without the solution, once more from fresh`, second.undone),
      ...hintRules(step, [first.start, ...first.states, ...second.states]),
      ...failWhenRules(step, first),
    ]
  } catch (error) {
    if (!(error instanceof EdgeLabError) || error.name === 'interrupted') throw error
    return [broken(`${name}: can be judged`, error.message, ...error.logTail.split('\n').filter((line) => line !== ''))]
  }
}

/** In a task environment of its own. */
async function pass(step: TaskStep, rehearsal: TaskRehearsal, name: string, states: readonly string[]): Promise<Pass> {
  const { lab, cast, progress, fresh, limits, note, signal } = rehearsal
  signal.throwIfAborted()
  note(`${step.id}: the starting files`)
  const workspace = await fresh(name)
  const untouched = await fresh(`${name}-untouched`)
  const { scenario, roles } = step
  const { seed } = progress
  const { steady } = limits
  const environment = await openTaskEnvironment({ lab, cast, workspace, scenario, roles, seed, signal, steady })
  const judge = (): Promise<Judgement> => judgeNow(step, environment, factsIn(lab, progress, workspace))
  try {
    const start = await judge()
    note(`${step.id}: the solution`)
    await applyOverlay(lab, step.solution, workspace)
    const solved = await judge()
    note(`${step.id}: the solution undone`)
    await resetFiles(untouched, step.edit, workspace)
    const undone = await judge()
    const judgements: Judgement[] = []
    for (const state of states) {
      note(`${step.id}: ${state}`)
      await fresh(name, [state])
      judgements.push(await judge())
    }
    return { start, solved, undone, states: judgements }
  } finally {
    await environment.close()
  }
}

async function judgeNow(
  step: TaskStep,
  environment: TaskEnvironment,
  facts: (verdicts: readonly CheckVerdict[]) => Facts,
): Promise<Judgement> {
  await environment.refresh()
  for (let attempt = 1; ; attempt += 1) {
    const verdicts = await environment.judge(step.checks, facts([]))
    if (attempt === tries || verdicts.every(({ state }) => state !== 'unknown')) {
      // Facts about files are read when they are asked for; the files change, so what they are now is kept.
      return { verdicts, facts: frozen(step, facts(verdicts)) }
    }
  }
}

function factsIn(lab: Lab, progress: Progress, workspace: string): (verdicts: readonly CheckVerdict[]) => Facts {
  return (verdicts) => factsOf(lab, progress, firstOf(verdictFacts(verdicts), fileFacts(workspace)))
}

function frozen(step: TaskStep, facts: Facts): Facts {
  const files = new Map(step.edit.map((file) => [`file.${file}`, facts(`file.${file}`)]))
  return (path) => (files.has(path) ? files.get(path) : facts(path))
}

function failsRule(name: string, { verdicts }: Judgement): Rule {
  const unclear = verdicts.filter(({ state }) => state === 'unknown')
  if (unclear.length > 0) return broken(name, ...unclear.map(inWords))
  const wrong = verdicts.filter(({ state }) => state === 'wrong')
  return wrong.length > 0 ? kept(name, `wrong: ${idsOf(wrong)}`) : broken(name, 'every check is right already')
}

function passesRule(name: string, { verdicts }: Judgement): Rule {
  return ruleOf(name, verdicts.filter(({ state }) => state !== 'right').map(inWords), [`right: ${idsOf(verdicts)}`])
}

/** The condition of every hint must hold with the starting files or with one of the states. */
function hintRules(step: TaskStep, judgements: readonly Judgement[]): readonly Rule[] {
  return step.hints.flatMap(({ when }, at) => {
    if (when === undefined) return []
    const name = `task ${step.id}: hint ${at + 1} is reached`
    const isReached = judgements.some(({ facts }) => truthOf(when, facts) === true)
    return [ruleOf(name, isReached ? [] : ['its condition holds neither in the starting files nor in a state'])]
  })
}

function failWhenRules(step: TaskStep, { start, solved }: Pass): readonly Rule[] {
  const holds = (when: Condition, { facts }: Judgement): boolean => truthOf(when, facts) === true
  return step.failWhen.map(({ when }, at) =>
    ruleOf(`task ${step.id}: failWhen ${at + 1} speaks only of what is broken`, [
      ...(holds(when, start) ? ['it holds in the starting files'] : []),
      ...(holds(when, solved) ? ['it holds with the solution'] : []),
    ]),
  )
}

function idsOf(verdicts: readonly CheckVerdict[]): string {
  return verdicts.map(({ id }) => id).join(', ')
}

function inWords({ id, state, difference, expected, received }: CheckVerdict): string {
  const why = difference || `expected ${expected}, received ${received}`
  return `${id} is ${state}: ${why}`
}
