/** A lab file as people write it: labs/<nn-id>/lab.yaml. What it says of one file alone; load.ts checks the rest. */

import { z } from 'zod'
import { findingIds } from '../../../comparison/findings/registry.ts'
import { described } from '../../../mistakes/words.ts'
import { name } from '../../../policy/fields.ts'
import { systemIds } from '../../../systems/index.ts'
import { traits } from '../../../systems/traits.ts'
import type { Show, Step } from '../lab.ts'
import { requestLine, taskCheck } from './check.ts'
import { condition } from './condition.ts'
import { question, quizQuestion } from './question.ts'

/** A text in place, or the name of a file that holds it. */
const text = z.string().describe('Markdown, or steps/<name>.md: the file that holds it')
const words = z.string().min(1)

/** Below files/, or below the lab's folder; never out of it. */
const relativePath = z.string().refine((path) => isInside(path), {
  error: ({ input }) => `“${input}” is not a path below the lab: no / first, no ..`,
})

export function isInside(path: string): boolean {
  const segments = path.split('/')
  return path !== '' && !/[\\\u0000-\u001f]/.test(path) && segments.every((part) => !['', '.', '..'].includes(part))
}

/** `direct` is no product and is part of every lab without being listed. */
const playable = systemIds.filter((id) => id !== 'direct')

export const roleInput = z.strictObject({
  title: z.string().min(1).max(60).describe('the reverse proxy'),
  systems: z
    .array(
      z.enum(playable, {
        error: ({ input }) => `${described(input)} is not a system; there are ${playable.join(', ')}`,
      }),
    )
    .min(1)
    .describe('in order of preference; the first that can run here plays it'),
  native: z
    .partialRecord(z.enum(playable), relativePath)
    .default({})
    .describe('by system: the folder below files/ that is laid over what the policy compiles to'),
  differs: z
    .strictObject({ from: name.describe('a role that is listed before'), in: z.enum(traits) })
    .exactOptional()
    .describe('the first system plays that differs in this from the one that plays the other role'),
})

const show = z
  .union(
    [
      z.literal('counts'),
      z
        .strictObject({
          arrived: name.optional().describe('a request line: what its requests looked like at the origin'),
          answers: name.optional().describe('a request line: its answers side by side'),
          finding: z.enum(findingIds).optional(),
          headers: z.array(z.string().min(1)).optional(),
          blocks: z.int().min(0).max(20).optional().describe('how many of the finding’s blocks'),
        })
        .refine(
          ({ arrived, answers, finding }) => [arrived, answers, finding].filter(Boolean).length === 1,
          'one of arrived, answers and finding',
        ),
    ],
    { error: 'write counts, { arrived: … }, { answers: … } or { finding: … }' },
  )
  .transform((written): Show => {
    if (written === 'counts') return { kind: 'counts' }
    const { arrived, answers, finding, headers = [], blocks = 2 } = written
    if (arrived !== undefined) return { kind: 'arrived', of: arrived, headers }
    if (answers !== undefined) return { kind: 'answers', of: answers, headers }
    return { kind: 'finding', finding: finding!, blocks }
  })

const shownFiles = z
  .array(
    z.strictObject({
      file: relativePath.describe('below files/; native files are shown where their system plays'),
      part: z.string().min(1).exactOptional().describe('a text in the first line of the block that is shown'),
    }),
  )
  .min(1)
  .exactOptional()
  .describe('files of the learner’s that this step is about, as they are now')

const wrongSolution = z.strictObject({
  files: relativePath.describe('the folder that is laid over files/'),
  caught: z.array(name).min(1).describe('the checks that must be wrong with it'),
})

const base = { id: name, title: z.string().min(1).max(60), text: text.default('') }

/** By type. */
export const stepForms = {
  read: z.strictObject({ type: z.literal('read'), ...base, show: shownFiles }),
  predict: z.strictObject({
    type: z.literal('predict'),
    ...base,
    show: shownFiles,
    questions: z.array(question).min(1),
    confidence: z.boolean().default(true).describe('asks how sure the learner is'),
  }),
  run: z.strictObject({
    type: z.literal('run'),
    ...base,
    scenario: relativePath.describe('a scenario file below files/'),
    through: z.array(name).min(1).describe('roles, and direct'),
    requests: z.array(requestLine).min(1).optional().describe('instead of the scenario’s own traffic'),
    rounds: z.int().min(1).max(20).default(3).describe('of the scenario’s own traffic'),
    show: z.array(show).min(1),
  }),
  observe: z.strictObject({
    type: z.literal('observe'),
    ...base,
    show: shownFiles,
    of: name.describe('the run step that is looked at'),
    questions: z.array(question).min(1),
  }),
  explain: z.strictObject({
    type: z.literal('explain'),
    ...base,
    show: shownFiles,
    about: z.array(name).min(1).describe('predict steps'),
    prompt: words.describe('asked before the model answer is shown'),
    outcomes: z
      .array(z.strictObject({ when: condition, say: words }))
      .default([])
      .describe('sentences about outcomes, each shown where its condition held'),
    otherwise: words.describe('said where none of them held'),
    model: text.min(1).describe('why it is so; Markdown, or steps/<name>.md'),
  }),
  task: z.strictObject({
    type: z.literal('task'),
    ...base,
    edit: z.array(relativePath).min(1).describe('files below files/ that the learner changes'),
    scenario: relativePath.describe('a scenario file below files/'),
    roles: z.array(name).min(1).describe('who is started'),
    checks: z.array(taskCheck).min(1),
    hints: z
      .array(
        z.strictObject({ when: condition.optional(), text: text.min(1) }).transform(({ when, text }) => ({
          ...(when === undefined ? {} : { when }),
          text,
        })),
      )
      .default([]),
    failWhen: z.array(z.strictObject({ when: condition, say: words })).default([]),
    solution: relativePath.default('solution').describe('the folder that is laid over files/'),
    states: z.array(relativePath).default([]).describe('folders laid over files/, each a learner’s attempt'),
    wrong: z.array(wrongSolution).default([]).describe('wrong solutions, each of which must fail'),
    also: z.array(relativePath).default([]).describe('folders laid over files/, each another right solution'),
  }),
  quiz: z.strictObject({ type: z.literal('quiz'), ...base, show: shownFiles, questions: z.array(quizQuestion).min(1) }),
} as const

const stepTypes = Object.keys(stepForms)

export const stepInput = z
  .discriminatedUnion(
    'type',
    [
      stepForms.read,
      stepForms.predict,
      stepForms.run,
      stepForms.observe,
      stepForms.explain,
      stepForms.task,
      stepForms.quiz,
    ],
    {
      error: ({ input }) =>
        `${described((input as { type?: unknown } | null)?.type)} is not a type of step; there are ${stepTypes.join(', ')}`,
    },
  )
  .transform((written) => toStep(written))

type WrittenStep = { [Type in keyof typeof stepForms]: z.output<(typeof stepForms)[Type]> }[keyof typeof stepForms]

export function toStep(written: WrittenStep): Step {
  if (written.type !== 'run') return written
  const { requests, ...rest } = written
  return { ...rest, ...(requests ? { requests } : {}) }
}

/** They mean something else between the braces of a text. */
const reservedWords = ['fact', 'where', 'otherwise', 'end']

export const rolesInput = z
  .record(name, roleInput)
  .refine((roles) => Object.keys(roles).length > 0, 'a lab has at least one role')
  .refine((roles) => !('direct' in roles), 'direct is there without being listed')
  .refine(
    (roles) => reservedWords.every((word) => !(word in roles)),
    `a role cannot be called ${reservedWords.join(', ')}: texts use these words in {{…}}`,
  )

export const labInput = z.strictObject({
  formatVersion: z.literal(1),
  title: z.string().min(1).max(60),
  question: z.string().min(1).max(200).describe('what the lab is about, as a question that people get wrong'),
  summary: words,
  minutes: z.int().min(1).max(120),
  objectives: z.array(words).min(1),
  roles: rolesInput,
  steps: z.array(stepInput).min(1),
})

export type LabInput = z.output<typeof labInput>

/** The JSON Schema of lab files, for editors: they complete, explain and check while one writes. */
export function labJsonSchema(): string {
  const schema = z.toJSONSchema(labInput, { io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: 'EdgeLab lab', ...schema }, null, 2)}\n`
}
