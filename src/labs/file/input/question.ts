/** Questions as people write them in a lab file: their shape says what kind they are. */
import { z } from 'zod'
import { name } from '../../../policy/fields.ts'
import type { Condition } from '../condition.ts'
import type { Option, Question, QuizQuestion } from '../lab.ts'
import { condition } from './condition.ts'

const ask = z.string().min(1).max(300)
const label = z.string().min(1).max(120)

const option = z.strictObject({
  id: name,
  label,
  when: z
    .union([z.literal('otherwise'), condition], { error: 'write a condition, or otherwise' })
    .describe('when this is the right one, by what the run showed; otherwise: where none of the others is'),
})

/** Predict and observe: the right answer is what was measured. */
export const question = z
  .strictObject({
    id: name,
    ask,
    options: z.array(option).min(2).max(8).optional(),
    roles: z
      .array(name)
      .min(1)
      .optional()
      .describe('asked once for each; {role} in the facts of its conditions is that role'),
    number: z
      .strictObject({
        unit: z.string().min(1).max(30),
        fact: z.string().min(1).describe('what it turned out to be'),
        tolerance: z.number().min(0).describe('how far off is still right, in the unit'),
      })
      .optional()
      .describe('a number is to be given, instead of options'),
  })
  .refine(({ options, number }) => (options === undefined) !== (number === undefined), 'either options or number')
  .refine(({ roles, number }) => !(roles && number), 'a number is asked once: leave out roles')
  .refine(
    ({ options = [] }) => options.filter(({ when }) => when === 'otherwise').length <= 1,
    'only one option can be otherwise',
  )
  .transform(({ id, ask, options = [], roles, number }): Question => {
    if (number) return { id, ask, input: { kind: 'number', ...number } }
    const all = options.map(
      ({ when, ...rest }): Option => ({ ...rest, when: when === 'otherwise' ? noneOf(options) : when }),
    )
    return { id, ask, input: roles ? { kind: 'per-role', roles, options: all } : { kind: 'choice', options: all } }
  })

function noneOf(options: readonly { readonly when: Condition | 'otherwise' }[]): Condition {
  return { not: { any: options.flatMap(({ when }) => (when === 'otherwise' ? [] : [when])) } }
}

/** Concepts and decisions: the right answer is known beforehand. */
export const quizQuestion = z
  .strictObject({
    id: name,
    ask,
    options: z
      .array(
        z.strictObject({
          id: name,
          label,
          right: z.boolean().default(false),
          why: z.string().min(1).describe('said when it was chosen, and of the right one'),
        }),
      )
      .min(2)
      .max(8),
  })
  .refine(({ options }) => options.filter(({ right }) => right).length === 1, 'exactly one option is right: true')
  .transform((written): QuizQuestion => written)
