/** What a step asks, one entry for each answer that is given; and what an answer turned out to be. Pure. */

import type { Name } from '../../policy/policy.ts'
import { formatNumber } from '../../units.ts'
import type { Condition, Truth } from '../file/condition.ts'
import { forRole } from '../file/condition.ts'
import type { Option, QuizQuestion, Step } from '../file/lab.ts'
import { type Facts, truthOf } from '../progress/facts.ts'

export type Asked = {
  /** Key of the answer in the progress: `question`, or `question.role`. */
  readonly key: string
  readonly ask: string
  /** The role that it is asked about; null where it is about none in particular. */
  readonly role: Name | null
} & AskedInput

type AskedInput =
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  | { readonly kind: 'number'; readonly unit: string; readonly fact: string; readonly tolerance: number }
  | { readonly kind: 'quiz'; readonly options: QuizQuestion['options'] }
  | { readonly kind: 'text' }

export type Judged = 'right' | 'wrong' | 'unknown'

/** Key of an explain step's free text. */
const promptKey = 'prompt'

/** In the order in which they are asked; none for read, run and task steps. */
export function questionsOf(step: Step): readonly Asked[] {
  switch (step.type) {
    case 'read':
    case 'run':
    case 'task':
      return []
    case 'explain':
      return [{ key: promptKey, ask: step.prompt, role: null, kind: 'text' }]
    case 'quiz':
      return step.questions.map(({ id, ask, options }) => ({ key: id, ask, role: null, kind: 'quiz', options }))
    case 'predict':
    case 'observe':
      return step.questions.flatMap(({ id, ask, input }): readonly Asked[] => {
        if (input.kind !== 'per-role') return [{ key: id, ask, role: null, ...input }]
        return input.roles.map((role) => ({
          key: `${id}.${role}`,
          ask,
          role,
          kind: 'choice',
          options: input.options.map((option) => ({ ...option, when: forRole(option.when, role) })),
        }))
      })
    default:
      return step satisfies never
  }
}

/** Why this cannot be the answer, as a sentence; null where it can. */
export function problemWith(asked: Asked, value: string): string | null {
  switch (asked.kind) {
    case 'choice':
    case 'quiz': {
      const ids = asked.options.map(({ id }) => id)
      return ids.includes(value) ? null : `“${value}” is none of the answers: ${ids.join(', ')}.`
    }
    case 'number':
      return problemWithNumber(value)
    case 'text':
      return value.trim() === '' ? 'The answer is empty; a few words are enough.' : null
    default:
      return asked satisfies never
  }
}

/** Why this is no number, as a sentence; null where it is one. */
export function problemWithNumber(value: string): string | null {
  return Number.isNaN(numberIn(value)) ? `“${value}” is not a number; write it as 120 or 0.5.` : null
}

/** unknown: the run could not tell. null for free text, which is not judged. */
export function judgeAnswer(asked: Asked, value: string, facts: Facts): Judged | null {
  switch (asked.kind) {
    case 'choice': {
      const chosen = asked.options.find(({ id }) => id === value)
      return chosen ? judgedAs(truthOf(chosen.when, facts)) : 'unknown'
    }
    case 'number': {
      const gap = gapOf(asked, value, facts)
      // Slightly more than the tolerance, because in floating point 0.3 - 0.1 is not 0.2.
      return gap === null ? 'unknown' : Math.abs(gap) <= asked.tolerance * (1 + 1e-9) ? 'right' : 'wrong'
    }
    case 'quiz':
      return asked.options.some(({ id, right }) => id === value && right) ? 'right' : 'wrong'
    case 'text':
      return null
    default:
      return asked satisfies never
  }
}

/** What it turned out to be, in words; empty for free text. */
export function outcomeOf(asked: Asked, facts: Facts): string {
  switch (asked.kind) {
    case 'choice': {
      const held = asked.options.map((option) => ({ ...option, truth: truthOf(option.when, facts) }))
      const labels = held.filter(({ truth }) => truth === true).map(({ label }) => label)
      if (labels.length > 0) return labels.join(' and ')
      return held.some(({ truth }) => truth === 'unknown') ? 'the run could not tell' : 'none of the answers'
    }
    case 'number': {
      const value = measured(asked, facts)
      return value === null ? 'the run could not tell' : withUnit(value, asked.unit)
    }
    case 'quiz':
      return asked.options
        .filter(({ right }) => right)
        .map(({ label }) => label)
        .join(' and ')
    case 'text':
      return ''
    default:
      return asked satisfies never
  }
}

/** The answer as the learner reads it: a choice's label, a number with its unit. */
export function answerInWords(asked: Asked, value: string): string {
  switch (asked.kind) {
    case 'choice':
    case 'quiz':
      return asked.options.find(({ id }) => id === value)?.label ?? value
    case 'number':
      return Number.isNaN(numberIn(value)) ? value : withUnit(numberIn(value), asked.unit)
    case 'text':
      return value
    default:
      return asked satisfies never
  }
}

/** How far an answer lies above what was measured, in the unit; null where one of the two is no number. */
export function gapOf(asked: Extract<Asked, { kind: 'number' }>, value: string, facts: Facts): number | null {
  const was = measured(asked, facts)
  const said = numberIn(value)
  return was === null || Number.isNaN(said) ? null : said - was
}

/** The facts that decide what was right. */
export function factsBehind(asked: Asked): readonly string[] {
  if (asked.kind === 'number') return [asked.fact]
  return asked.kind === 'choice' ? asked.options.flatMap(({ when }) => factsIn(when)) : []
}

/** What the runs showed, in the unit of the question; null where they could not tell. */
export function measured({ fact, unit }: Extract<Asked, { kind: 'number' }>, facts: Facts): number | null {
  const value = facts(fact)
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  // Shares are kept as 0–1 and asked for as percentages.
  return unit === '%' ? value * 100 : value
}

/** People also write `1 200` and `1_200`. NaN where the text is no number. */
export function numberIn(text: string): number {
  const plain = text.replaceAll(/[\s_]/g, '')
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN
}

export function withUnit(value: number, unit: string): string {
  return `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`
}

function judgedAs(truth: Truth): Judged {
  return truth === 'unknown' ? 'unknown' : truth ? 'right' : 'wrong'
}

function factsIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(factsIn)
  if ('any' in condition) return condition.any.flatMap(factsIn)
  if ('not' in condition) return factsIn(condition.not)
  const { fact, than } = condition
  return typeof than === 'object' ? [fact, than.fact] : [fact]
}
