/** What a task must keep to, by what was judged of it. Pure. */
import type { Condition } from '../../file/condition.ts'
import type { TaskStep } from '../../file/lab.ts'
import { truthOf } from '../../progress/facts.ts'
import { broken, kept, type Rule, ruleOf } from '../rule.ts'
import { fixedFacts, type Judgement, type Pass, verdictInWords } from './judgement.ts'
import type { Attempt, Tally } from './tally.ts'

/** `matter`: the files of the task that count in this cast. `isOwn`: the lab comes with EdgeLab. */
export function taskRules(
  step: TaskStep,
  [first, second]: readonly [Pass, Pass],
  tally: Tally,
  matter: readonly string[],
  isOwn: boolean,
): readonly Rule[] {
  const name = `task ${step.id}`
  const tried = [...first.tried.values(), ...second.tried.values()]
  return [
    failsRule(`${name}: fails on the starting files`, first.start),
    passesRule(`${name}: passes with the solution`, first.solved),
    failsRule(`${name}: fails again without the solution`, first.undone),
    failsRule(`${name}: fails on the starting files, once more from fresh`, second.start),
    passesRule(`${name}: passes with the solution, once more from fresh`, second.solved),
    failsRule(`${name}: fails again without the solution, once more from fresh`, second.undone),
    ...tally.also.map((attempt) => attemptRule(`${name}: passes with ${attempt.files}`, attempt)),
    ...tally.wrong.map((attempt, at) =>
      attemptRule(`${name}: fails with ${attempt.files}`, attempt, `caught by ${step.wrong[at]!.caught.join(', ')}`),
    ),
    numberRule(step, isOwn),
    ...hintRules(step, first.start, tried, matter),
    ...failWhenRules(step, first),
  ]
}

/** A few of each tell what its checks are worth. EdgeLab’s own labs must have them, others are told. */
const enough = { wrong: 3, also: 1 }

function numberRule({ id, wrong, also }: TaskStep, isOwn: boolean): Rule {
  const name = `task ${id}: at least ${enough.wrong} wrong solutions and ${enough.also} other right one are given`
  if (wrong.length >= enough.wrong && also.length >= enough.also) return kept(name)
  const given = `there are ${wrong.length} and ${also.length}`
  return isOwn ? broken(name, given) : kept(name, `warning: ${given}`)
}

function failsRule(name: string, { verdicts }: Judgement): Rule {
  const unclear = verdicts.filter(({ state }) => state === 'unknown')
  if (unclear.length > 0) return broken(name, ...unclear.map(verdictInWords))
  const wrong = verdicts.filter(({ state }) => state === 'wrong')
  return wrong.length > 0 ? kept(name, `wrong: ${idsOf(wrong)}`) : broken(name, 'every check is right already')
}

function passesRule(name: string, { verdicts }: Judgement): Rule {
  const wrong = verdicts.filter(({ state }) => state !== 'right')
  return ruleOf(name, wrong.map(verdictInWords), [`right: ${idsOf(verdicts)}`])
}

function attemptRule(name: string, { judged, details }: Attempt, how = ''): Rule {
  if (judged === 'skipped') return kept(name, 'skipped: it holds nothing for who plays here')
  return judged === 'rightly' ? kept(name, ...(how === '' ? [] : [how])) : broken(name, ...details)
}

/**
 * The condition of every hint must hold with the starting files or with something that was tried, unless it speaks of
 * others than those who play here.
 */
function hintRules(
  step: TaskStep,
  start: Judgement,
  tried: readonly Judgement[],
  matter: readonly string[],
): readonly Rule[] {
  const fixed = fixedFacts(step, matter, start.facts)
  return step.hints.flatMap(({ when }, at) => {
    if (when === undefined || truthOf(when, fixed) === false) return []
    const name = `task ${step.id}: hint ${at + 1} is reached`
    const isReached = [start, ...tried].some(({ facts }) => truthOf(when, facts) === true)
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

function idsOf(verdicts: readonly { readonly id: string }[]): string {
  return verdicts.map(({ id }) => id).join(', ')
}
