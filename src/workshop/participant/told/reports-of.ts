/**
 * What is told of a lab, from what the learner committed and what their own runs showed. Pure. Texts that were written,
 * files and requests are not among it.
 */

import type { Lab, RunStep, Step } from '../../../labs/file/lab.ts'
import { type Facts, factsOf } from '../../../labs/progress/facts.ts'
import type { Observation } from '../../../labs/progress/observation.ts'
import type { Progress, StepProgress } from '../../../labs/progress/progress.ts'
import { type Asked, judgeAnswer, measured, questionsOf } from '../../../labs/session/questions.ts'
import { own } from '../../../own.ts'
import type { StepReport } from '../../protocol/step-report.ts'

/** A report that has no number yet. */
export type Told = Omit<StepReport, 'seq' | 'at'>

/** Of every step that was reached, in the order of the lab. */
export function reportsOf(lab: Lab, progress: Progress): readonly Told[] {
  const facts = factsOf(lab, progress)
  return lab.steps.flatMap((step) => {
    const now = own(progress.steps, step.id)
    return now ? [{ lab: lab.id, step: step.id, ...whatOf(step, now, facts) }] : []
  })
}

function whatOf(step: Step, now: StepProgress, facts: Facts): Omit<Told, 'lab' | 'step'> {
  const asked = now.committed ? questionsOf(step).filter(({ kind }) => kind !== 'text') : []
  const given = (each: Asked): string | undefined => own(now.answers, each.key)
  return {
    answers: byKey(asked, (each) => fitting(given(each))),
    confidence: now.confidence,
    truths: byKey(asked, (each) => truthOf(each, given(each), facts)),
    figures: step.type === 'run' && now.observation ? figuresOf(step, now.observation) : {},
    checks:
      step.type === 'task'
        ? { right: now.verdicts.filter(({ state }) => state === 'right').length, of: step.checks.length }
        : null,
    hints: now.hints.length,
    done: now.done,
    skipped: now.skipped,
  }
}

/** The option that was right, or the number; undefined where the runs so far cannot tell. */
function truthOf(asked: Asked, given: string | undefined, facts: Facts): string | undefined {
  switch (asked.kind) {
    case 'choice':
    case 'quiz': {
      const right = asked.options.map(({ id }) => id).filter((id) => judgeAnswer(asked, id, facts) === 'right')
      // Where several held, whoever chose one of them was right.
      return right.find((id) => id === given) ?? right[0]
    }
    case 'number': {
      const was = measured(asked, facts)
      return was === null ? undefined : String(was)
    }
    case 'text':
      return undefined
    default:
      return asked satisfies never
  }
}

/** Of the findings that the step shows: `proxy.latency.p50Ratio`. */
function figuresOf(step: RunStep, observation: Observation): Readonly<Record<string, number>> {
  const shown = step.show.flatMap((show) => (show.kind === 'finding' ? [show.finding] : []))
  const figures = Object.entries(observation.roles).flatMap(([role, { metrics }]) =>
    shown.flatMap((finding) =>
      Object.entries(own(metrics, finding) ?? {}).map(
        ([metric, value]) => [`${role}.${finding}.${metric}`, value] as const,
      ),
    ),
  )
  const tellable = figures.filter(([name, value]) => Number.isFinite(value) && name.length <= longestFigure)
  return Object.fromEntries(tellable.slice(0, mostEntries))
}

/** As the protocol bounds them. */
const mostEntries = 64
const longestFigure = 96
const longestValue = 64

function byKey(asked: readonly Asked[], pick: (asked: Asked) => string | undefined): Readonly<Record<string, string>> {
  const entries = asked.flatMap((each) => {
    const value = pick(each)
    return value === undefined ? [] : [[each.key, value] as const]
  })
  return Object.fromEntries(entries.slice(0, mostEntries))
}

/** A number may have been typed with any amount of zeros and blanks. */
function fitting(value: string | undefined): string | undefined {
  if (value === undefined || value.length <= longestValue) return value
  return String(Number(value.replaceAll(/[\s_]/g, '')))
}
