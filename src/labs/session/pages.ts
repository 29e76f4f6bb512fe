/**
 * One step as data, from the lab, who plays in it, and what the learner did so far. Pure: every front end shows this.
 */

import type { Block } from '../../comparison/finding.ts'
import { own } from '../../own.ts'
import type { Name } from '../../policy/policy.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { ExplainStep, Lab, RunStep, Step, StepType, TaskStep } from '../file/lab.ts'
import { type Facts, truthOf } from '../progress/facts.ts'
import { type Filling, fillMarkdown, fillText } from '../progress/fill.ts'
import type { Progress, StepProgress } from '../progress/progress.ts'
import { type Cast, playerOf } from '../run/cast.ts'
import { gapBlock } from './evidence/comparison.ts'
import { fileBlocks } from './evidence/files.ts'
import { evidenceBlocks, verdictsOf, wholeFindings } from './evidence/run.ts'
import { isBrokenAgain, isFinished, nextHint, restingOn, stepProgress, whatIsMissing } from './machine.ts'
import type { PageQuestion, StepPage, WholeFinding } from './page.ts'
import { type Asked, factsBehind, judgeAnswer, outcomeOf, questionsOf } from './questions.ts'
import { systemsAt } from './trying/systems-at.ts'
import { filesThatPlay } from './workspace.ts'

/** What is known at this moment and is not part of the progress file. */
export interface Live {
  readonly facts: Facts
  /** Absolute paths that the learner may edit in this step. */
  readonly files: readonly string[]
  /** Of the task, when it was judged since the step was entered. */
  readonly verdicts: readonly CheckVerdict[]
}

interface PageContext {
  readonly lab: Lab
  readonly cast: Cast
  readonly progress: Progress
  readonly now: StepProgress
  readonly facts: Facts
  readonly filling: Filling
}

/** `stepId` is a step of the lab. */
export function stepPage(lab: Lab, cast: Cast, progress: Progress, stepId: Name, live: Live): StepPage {
  const at = lab.steps.findIndex(({ id }) => id === stepId)
  const step = lab.steps[at]!
  const now = stepProgress(progress, stepId)
  const filling = { facts: live.facts, playerOf: (role: string) => playerIn(lab, cast, progress, at, role) }
  const context: PageContext = { lab, cast, progress, now, facts: live.facts, filling }
  const task = step.type === 'task'
  const explained = step.type === 'explain' && now.committed
  return {
    id: step.id,
    type: step.type,
    title: fillText(step.title, filling),
    number: at + 1,
    of: lab.steps.length,
    done: now.done,
    skipped: now.skipped,
    brokenAgain: isBrokenAgain(now),
    finished: isFinished(lab, progress),
    mayTry: systemsAt(lab, progress, stepId) !== undefined,
    text: fillMarkdown(step.text, filling),
    questions: questionsOf(step).map((asked) => pageQuestion(step, asked, context)),
    confidence: step.type === 'predict' && step.confidence ? { chosen: now.confidence } : null,
    committed: now.committed,
    mayRun: step.type === 'run' && restingOn(lab, progress, step) === undefined,
    blocks: [...blocksOf(step, context), ...shownFiles(step, context)],
    more: moreOf(step, context),
    outcomes: outcomesOf(step, context),
    model: explained ? fillMarkdown(step.model, filling) : '',
    files: task ? live.files : [],
    verdicts: task ? (live.verdicts.length > 0 ? live.verdicts : now.verdicts) : [],
    hints: task
      ? now.hints.filter((at) => stillApplies(step, at, live.facts)).flatMap((at) => hintAt(step, at, filling))
      : [],
    openedHints: task ? now.hints.flatMap((at) => hintAt(step, at, filling)) : [],
    moreHints: task && nextHint(step, now.hints, live.facts) !== undefined,
    next: nextSentence(lab, at, step, now),
  }
}

/** None where the lab has changed since it was opened. */
function hintAt({ hints }: TaskStep, at: number, filling: Filling): readonly string[] {
  const hint = hints[at]
  return hint ? [fillMarkdown(hint.text, filling)] : []
}

/** What it says is mended where its condition is false now; where that cannot be told, it stays. */
function stillApplies({ hints }: TaskStep, at: number, facts: Facts): boolean {
  const when = hints[at]?.when
  return when === undefined || truthOf(when, facts) !== false
}

/** Who played it in the run that this step looks back on; before any run, who plays it now. */
function playerIn(lab: Lab, cast: Cast, progress: Progress, at: number, role: string): ReturnType<Filling['playerOf']> {
  const step = lab.steps[at]!
  const ahead = step.type === 'task' || (step.type === 'run' && !stepProgress(progress, step.id).observation)
  const seen = ahead
    ? undefined
    : lab.steps
        .slice(0, at + 1)
        .map(({ id }) => stepProgress(progress, id).observation?.roles[role])
        .findLast((played) => played !== undefined)
  return seen ?? playerOf(cast, role)
}

function pageQuestion(step: Step, asked: Asked, context: PageContext): PageQuestion {
  const { filling, now, facts } = context
  const given = own(now.answers, asked.key) ?? null
  const revealed = now.committed && (step.type !== 'predict' || isResultSeen(asked, context))
  const quiz = asked.kind === 'quiz' ? asked.options : []
  const chosen = quiz.find(({ id }) => id === given)
  const missed = chosen && !chosen.right ? quiz.find(({ right }) => right) : undefined
  return {
    key: asked.key,
    ask: fillText(asked.ask, filling),
    subject: asked.role === null ? '' : (filling.playerOf(asked.role)?.label ?? asked.role),
    input: pageInput(asked, filling),
    given,
    judged: revealed && given !== null ? judgeAnswer(asked, given, facts) : null,
    outcome: revealed ? fillText(outcomeOf(asked, facts), filling) : '',
    why: revealed && chosen ? fillText(chosen.why, filling) : '',
    because: revealed && missed ? fillText(missed.why, filling) : '',
  }
}

function pageInput(asked: Asked, filling: Filling): PageQuestion['input'] {
  switch (asked.kind) {
    case 'choice':
    case 'quiz':
      return {
        kind: 'choice',
        options: asked.options.map(({ id, label }) => ({ id, label: fillText(label, filling) })),
      }
    case 'number':
      return { kind: 'number', unit: asked.unit }
    case 'text':
      return { kind: 'text' }
    default:
      return asked satisfies never
  }
}

/** The run was made, and what was seen in it was said: a prediction's result must not answer that question. */
function isResultSeen(asked: Asked, { lab, progress }: PageContext): boolean {
  const behind = factsBehind(asked).map((fact) => fact.split('.')[0])
  const runs = lab.steps.filter(({ id, type }) => type === 'run' && behind.includes(id))
  return runs.every(
    ({ id: run }) =>
      stepProgress(progress, run).observation !== null &&
      lab.steps.every(
        ({ id, ...step }) => step.type !== 'observe' || step.of !== run || stepProgress(progress, id).committed,
      ),
  )
}

function blocksOf(step: Step, context: PageContext): readonly Block[] {
  switch (step.type) {
    case 'run':
    case 'observe': {
      const run = runLookedAt(step, context)
      return run ? runBlocks(run, context) : []
    }
    case 'explain':
      return step.about.flatMap((about) => {
        const predict = context.lab.steps.find(({ id }) => id === about)
        if (predict?.type !== 'predict') return []
        const { filling, facts, progress } = context
        const labelOf = (role: string): string => filling.playerOf(role)?.label ?? role
        const words = (text: string): string => fillText(text, filling)
        return [gapBlock(predict, stepProgress(progress, about), facts, { labelOf, words })]
      })
    case 'read':
    case 'predict':
    case 'task':
    case 'quiz':
      return []
    default:
      return step satisfies never
  }
}

function shownFiles(step: Step, { lab, cast, facts }: PageContext): readonly Block[] {
  if (step.type === 'run' || step.type === 'task' || step.show === undefined) return []
  const named = step.show.map(({ file }) => file)
  return fileBlocks(step.show, filesThatPlay(lab, cast, named), facts)
}

function runBlocks(run: RunStep, { progress }: PageContext): readonly Block[] {
  const { observation } = stepProgress(progress, run.id)
  return observation ? evidenceBlocks(run, observation) : []
}

function runNamed(name: Name, { lab }: PageContext): RunStep | undefined {
  return lab.steps.find((step): step is RunStep => step.type === 'run' && step.id === name)
}

function moreOf(step: Step, context: PageContext): readonly WholeFinding[] {
  const run = runLookedAt(step, context)
  const observation = run && stepProgress(context.progress, run.id).observation
  return observation ? wholeFindings(run, observation) : []
}

function runLookedAt(step: Step, context: PageContext): RunStep | undefined {
  if (step.type === 'run') return step
  return step.type === 'observe' ? runNamed(step.of, context) : undefined
}

function outcomesOf(step: Step, context: PageContext): readonly string[] {
  const run = runLookedAt(step, context)
  if (run) {
    const { observation } = stepProgress(context.progress, run.id)
    return observation ? verdictsOf(run, observation) : []
  }
  return step.type === 'explain' && context.now.committed ? chosenOutcomes(step, context) : []
}

function chosenOutcomes({ outcomes, otherwise }: ExplainStep, { facts, filling }: PageContext): readonly string[] {
  if (outcomes.length === 0) return []
  const truths = outcomes.map(({ when, say }) => ({ say, truth: truthOf(when, facts) }))
  const held = truths.filter(({ truth }) => truth === true)
  if (held.length > 0) return held.map(({ say }) => fillMarkdown(say, filling))
  if (truths.some(({ truth }) => truth === 'unknown')) return ['Your run did not show enough to say how it came out.']
  return [fillMarkdown(otherwise, filling)]
}

const kinds = {
  read: 'something to read',
  predict: 'your prediction',
  run: 'the run that shows it',
  observe: 'what you saw',
  explain: 'why it is so',
  task: 'a task',
  quiz: 'questions without the lab',
} as const satisfies Record<StepType, string>

function nextSentence(lab: Lab, at: number, step: Step, now: StepProgress): string {
  const after = lab.steps[at + 1]
  if (!now.done && step.type !== 'read') return whatIsMissing(step)
  if (isBrokenAgain(now)) return 'It was right and is broken again: make every check right, or apply the solution.'
  if (after) return `Next: ${after.title} (${kinds[after.type]}).`
  return 'This was the last step: the lab is finished.'
}
