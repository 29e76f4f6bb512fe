/**
 * What a learner can do in which step, and what it does to the progress. Pure: what an action sets going (a run, a
 * judgement, files) is named as its effect; its result comes back by `observed` and `judged`.
 *
 * Answers lock when they are committed, and nothing unlocks them. A step is left forwards only when it is done.
 * A refused action leaves everything as it was and says why.
 */

import { EdgeLabError } from '../../errors.ts'
import { own } from '../../own.ts'
import type { Name } from '../../policy/policy.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Lab, RunStep, Step, TaskStep } from '../file/lab.ts'
import { type Facts, truthOf } from '../progress/facts.ts'
import type { Observation } from '../progress/observation.ts'
import { freshStep, type Progress, type StepProgress } from '../progress/progress.ts'
import { problemWith, questionsOf } from './questions.ts'
import type { Action } from './session.ts'
import { systemsAt } from './trying/systems-at.ts'

/** What has to be done outside for the action; its progress is kept when that went well. */
export type Effect = 'none' | 'run' | 'judge' | 'try' | 'reset-files' | 'apply-solution'

export type Move =
  | { readonly accepted: true; readonly progress: Progress; readonly effect: Effect }
  | { readonly accepted: false; readonly refusal: EdgeLabError }

/** `facts` choose the hint that comes next. */
export function move(lab: Lab, progress: Progress, action: Action, facts: Facts): Move {
  const step = stepAt(lab, progress)
  const now = stepProgress(progress, step.id)
  switch (action.type) {
    case 'answer':
      return answer(progress, step, action)
    case 'commit':
      return commit(lab, progress, step, action)
    case 'run': {
      if (step.type !== 'run') return refuse('There is nothing to run in this step.', 'Runs are steps of their own.')
      const why = whyNotRun(lab, progress, step)
      return why ?? accept(progress, 'run')
    }
    case 'check':
      return step.type === 'task' ? accept(progress, 'judge') : refuse('This step has no checks.', 'Tasks have them.')
    case 'hint': {
      if (step.type !== 'task') return refuse('This step has no hints.', 'Tasks have them.')
      const next = nextHint(step, now.hints, facts)
      if (next === undefined) return refuse('There are no more hints.', 'Skipping applies the solution, to be read.')
      return accept(withStep(progress, step.id, { hints: [...now.hints, next] }))
    }
    case 'try':
      if (systemsAt(lab, progress, step.id) !== undefined) return accept(progress, 'try')
      return step.type === 'predict'
        ? refuse('A request would give the answer away.', 'Commit your prediction first.')
        : refuse(
            'Nothing runs yet that a request could go through.',
            'From the first run or task on there is something.',
          )
    case 'reset':
      return reset(progress, step)
    case 'skip':
      if (step.type !== 'task') return refuse('Only tasks can be skipped.', whatIsMissing(step))
      return accept(withStep(progress, step.id, { done: true, skipped: true }), 'apply-solution')
    case 'next': {
      const after = lab.steps[indexOf(lab, step.id) + 1]
      if (isBrokenAgain(now)) {
        return refuse(
          'This task was right and is broken again.',
          'Make every check right, or apply the solution; a later step that you reached is in the list of steps.',
        )
      }
      if (step.type !== 'read' && !now.done) return refuse('This step is not finished.', whatIsMissing(step))
      const finished = now.done ? progress : withStep(progress, step.id, { done: true })
      if (after) return accept(arrive(finished, after.id))
      return finished === progress ? refuse('This is the last step.', 'The lab is finished.') : accept(finished)
    }
    case 'back': {
      const before = lab.steps[indexOf(lab, step.id) - 1]
      return before
        ? accept(arrive(progress, before.id))
        : refuse('This is the first step.', 'There is none before it.')
    }
    case 'go': {
      const known = lab.steps.some(({ id }) => id === action.step)
      if (!known) return refuse(`There is no step “${action.step}” in this lab.`, 'Name one of its steps.')
      if (!isReached(lab, progress, action.step)) {
        return refuse(`The step “${action.step}” is not reached yet.`, 'Finish the steps before it first.')
      }
      return accept(arrive(progress, action.step))
    }
    default:
      return action satisfies never
  }
}

/** A run ended: what it showed, kept; the run step is done. */
export function observed(progress: Progress, step: Name, observation: Observation): Progress {
  const { tries } = stepProgress(progress, step)
  return withStep(progress, step, { observation, done: true, tries: tries + 1 })
}

/** A task was judged. Once right it stays done, whatever is tried on; `isBrokenAgain` tells that it is not right now. */
export function judged(progress: Progress, step: Name, verdicts: readonly CheckVerdict[]): Progress {
  const { done, tries } = stepProgress(progress, step)
  const right = verdicts.length > 0 && verdicts.every(({ state }) => state === 'right')
  return withStep(progress, step, { verdicts, done: done || right, tries: tries + 1 })
}

/** What was done stays done; the way on is closed until it is right again, because later steps rest on it. */
export function isBrokenAgain({ done, skipped, verdicts }: StepProgress): boolean {
  return done && !skipped && verdicts.some(({ state }) => state === 'wrong')
}

export function isFinished(lab: Lab, progress: Progress): boolean {
  return lab.steps.every(({ id }) => stepProgress(progress, id).done)
}

/** The current step, or the first one where the lab no longer has it. */
export function stepAt(lab: Lab, { at }: Progress): Step {
  return lab.steps.find(({ id }) => id === at) ?? lab.steps[0]!
}

export function stepProgress({ steps }: Progress, step: Name): StepProgress {
  return steps[step] ?? freshStep
}

/** The learner has been there, or at a later one. */
export function isReached(lab: Lab, progress: Progress, step: Name): boolean {
  const furthest = lab.steps.findLastIndex(({ id }) => id in progress.steps || id === progress.at)
  return indexOf(lab, step) <= Math.max(0, furthest)
}

/** Index of the hint that would be opened: the first that is not open and whose condition holds or is absent. */
export function nextHint({ hints }: TaskStep, opened: readonly number[], facts: Facts): number | undefined {
  const next = hints.findIndex(
    ({ when }, at) => !opened.includes(at) && (when === undefined || truthOf(when, facts) === true),
  )
  return next === -1 ? undefined : next
}

function answer(progress: Progress, step: Step, { question, value }: Extract<Action, { type: 'answer' }>): Move {
  const asked = questionsOf(step).find(({ key }) => key === question)
  if (!asked) return refuse(`This step does not ask “${question}”.`, 'Answer one of its questions.')
  const { committed, answers } = stepProgress(progress, step.id)
  if (committed) return refuseLocked()
  // What is typed letter by letter is judged when it is committed.
  const typed = asked.kind === 'number' || asked.kind === 'text'
  const problem = typed ? null : problemWith(asked, value)
  if (problem !== null) return refuse(problem, 'Choose one of them.')
  return accept(withStep(progress, step.id, { answers: { ...answers, [question]: value } }))
}

function commit(lab: Lab, progress: Progress, step: Step, action: Extract<Action, { type: 'commit' }>): Move {
  const asked = questionsOf(step)
  if (asked.length === 0) return refuse('There is nothing to commit in this step.', whatIsMissing(step))
  const now = stepProgress(progress, step.id)
  if (now.committed) return refuseLocked()
  if (step.type === 'observe' && !stepProgress(progress, step.of).observation) {
    return refuse('There is no run to look at yet.', `Run the step “${titleOf(lab, step.of)}” first.`)
  }
  for (const each of asked) {
    const given = own(now.answers, each.key)
    if (given === undefined) return refuse(`Not answered yet: “${each.ask}”`, 'Answer every question, then commit.')
    const problem = problemWith(each, given)
    if (problem !== null) return refuse(problem, 'Correct the answer, then commit.')
  }
  if (step.type === 'predict' && step.confidence && action.confidence === undefined) {
    return refuse('How sure you are is not said yet.', 'Say guess, fairly or very, then commit.')
  }
  const confidence = step.type === 'predict' && step.confidence ? (action.confidence ?? null) : null
  return accept(withStep(progress, step.id, { committed: true, done: true, confidence }))
}

function whyNotRun(lab: Lab, progress: Progress, step: RunStep): Move | undefined {
  const at = indexOf(lab, step.id)
  const open = lab.steps
    .slice(0, at)
    .find(({ id, type }) => type === 'predict' && !stepProgress(progress, id).committed)
  if (open)
    return refuse(`The prediction “${open.title}” is not committed yet.`, 'Commit it first: then the run shows.')
  const rests = restingOn(lab, progress, step)
  if (rests) return refuse(`“${rests.title}” rests on this run: it stays.`, 'Go on.')
  return undefined
}

/** The step behind a run whose committed answers rest on what it showed: the run stays as it was. */
export function restingOn(lab: Lab, progress: Progress, run: RunStep): Step | undefined {
  return lab.steps
    .slice(indexOf(lab, run.id) + 1)
    .find(
      (each) =>
        (each.type === 'observe' ? each.of === run.id : each.type === 'explain') &&
        stepProgress(progress, each.id).committed,
    )
}

function reset(progress: Progress, step: Step): Move {
  const now = stepProgress(progress, step.id)
  if (step.type === 'task') {
    return accept({ ...progress, steps: { ...progress.steps, [step.id]: freshStep } }, 'reset-files')
  }
  if (now.committed)
    return refuse('Committed answers stay as they are.', 'They are kept for the comparison and the report.')
  if (step.type === 'run') return refuse('What a run showed stays.', 'Run it again instead.')
  return accept(withStep(progress, step.id, { answers: {} }))
}

/** What has to be done before the step is finished. */
export function whatIsMissing(step: Step): string {
  switch (step.type) {
    case 'read':
      return 'Read it, then go on.'
    case 'predict':
      return 'Commit your prediction first.'
    case 'run':
      return 'Run it first.'
    case 'observe':
    case 'explain':
    case 'quiz':
      return 'Commit your answer first.'
    case 'task':
      return 'Make every check right first, or skip the task: that applies the solution.'
    default:
      return step satisfies never
  }
}

function refuseLocked(): Move {
  return refuse('The answers of this step are committed and stay.', 'Go on to the next step.')
}

function refuse(why: string, hint: string): Move {
  return { accepted: false, refusal: new EdgeLabError('notNow', { why, hint }) }
}

function accept(progress: Progress, effect: Effect = 'none'): Move {
  return { accepted: true, progress, effect }
}

function arrive(progress: Progress, step: Name): Progress {
  return withStep({ ...progress, at: step }, step, {})
}

function withStep(progress: Progress, step: Name, change: Partial<StepProgress>): Progress {
  return { ...progress, steps: { ...progress.steps, [step]: { ...stepProgress(progress, step), ...change } } }
}

function indexOf(lab: Lab, step: Name): number {
  return lab.steps.findIndex(({ id }) => id === step)
}

function titleOf(lab: Lab, step: Name): string {
  return lab.steps.find(({ id }) => id === step)?.title ?? step
}
