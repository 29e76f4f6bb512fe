/** Checks questions and sentences about outcomes with what was measured. */

import type { Lab, Step } from '../file/lab.ts'
import { castFacts, type Facts, factsOf, truthOf } from '../progress/facts.ts'
import { notMeasured } from '../progress/fill.ts'
import { freshStep, type Progress } from '../progress/progress.ts'
import type { Cast } from '../run/cast.ts'
import { stepPage } from '../session/pages.ts'
import { type Asked, outcomeOf, questionsOf } from '../session/questions.ts'
import { broken, kept, type Rule, ruleOf } from './rule.ts'

/** Every question has exactly one right answer in what was measured, and every explanation a sentence that held. */
export function questionRules(lab: Lab, cast: Cast, progress: Progress): readonly Rule[] {
  const facts = factsOf(lab, progress, castFacts(cast.assignments))
  return lab.steps.flatMap((step) => {
    if (step.type === 'explain') return outcomeRule(step, facts)
    if (step.type !== 'predict' && step.type !== 'observe') return []
    return questionsOf(step).map((asked) => questionRule(step, asked, cast, facts))
  })
}

function questionRule(step: Step, asked: Asked, cast: Cast, facts: Facts): Rule {
  const assignment = cast.assignments.find(({ role }) => role === asked.role)
  const name = `${step.type} ${step.id}: ${asked.key} has one right answer${assignment ? ` (${assignment.label})` : ''}`
  if (asked.kind !== 'choice') {
    return asked.kind === 'number' && typeof facts(asked.fact) !== 'number'
      ? broken(name, `${asked.fact} was not measured`)
      : kept(name, outcomeOf(asked, facts))
  }
  const truths = asked.options.map(({ id, when }) => ({ id, truth: truthOf(when, facts) }))
  const right = truths.filter(({ truth }) => truth === true).map(({ id }) => id)
  const unclear = truths.filter(({ truth }) => truth === 'unknown').map(({ id }) => id)
  if (right.length === 1) return kept(name, right[0]!)
  if (right.length > 1) return broken(name, `${right.join(' and ')} hold at once`)
  return broken(name, unclear.length > 0 ? `cannot be told: ${unclear.join(', ')}` : 'none of the options holds')
}

function outcomeRule(step: Extract<Step, { type: 'explain' }>, facts: Facts): readonly Rule[] {
  if (step.outcomes.length === 0) return []
  const name = `explain ${step.id}: how it came out is said`
  const truths = step.outcomes.map(({ when }) => truthOf(when, facts))
  const held = truths.flatMap((truth, at) => (truth === true ? [at + 1] : []))
  if (held.length > 0) return [kept(name, `outcome ${held.join(', ')} of ${truths.length}`)]
  const isUnclear = truths.includes('unknown')
  return [isUnclear ? broken(name, 'the run did not show enough for any of them') : kept(name, 'otherwise')]
}

/** Every fact in every text was measured, with the lab gone through to its end. */
export function textRule(lab: Lab, cast: Cast, progress: Progress): Rule {
  const facts = factsOf(lab, progress, castFacts(cast.assignments))
  const ended: Progress = {
    ...progress,
    steps: Object.fromEntries(
      lab.steps.map((step) => {
        const hints = step.type === 'task' ? step.hints.map((_, at) => at) : []
        return [step.id, { ...freshStep, ...progress.steps[step.id], done: true, committed: true, hints }]
      }),
    ),
  }
  const wrong = lab.steps.flatMap(({ id }) => {
    const page = stepPage(lab, cast, ended, id, { facts, files: [], verdicts: [] })
    return JSON.stringify(page).includes(notMeasured) ? [`${id} speaks of a fact that was not measured`] : []
  })
  return ruleOf('every fact in the texts is measured', wrong)
}
