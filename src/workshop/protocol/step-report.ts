/**
 * What a participant tells of one step of a lab. The newest report of a step replaces the one before, so that sending it
 * twice changes nothing. Nothing else leaves a participant's machine: no file, no request, no free text.
 */
import { z } from 'zod'

/** Ids of labs, steps, questions, options and roles. */
export const nameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

/** `crowd`, or `crowd.proxy` where a question is asked for each role. */
export const questionKeySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}(\.[a-z0-9][a-z0-9-]{0,63})?$/)

/** An option's id, or a number as it was typed. */
const valueSchema = z.string().min(1).max(64)

const answersSchema = z
  .record(questionKeySchema, valueSchema)
  .refine((answers) => Object.keys(answers).length <= 64, 'at most 64 answers')

export const stepReportSchema = z.strictObject({
  /** Counts this participant's reports from 1, over all labs; the host keeps the highest of each step. */
  seq: z.int().min(1),
  /** ISO time on the participant's machine. */
  at: z.iso.datetime(),
  lab: nameSchema,
  step: nameSchema,
  /** Committed answers to questions that are chosen or counted; free text stays with the participant. */
  answers: answersSchema,
  confidence: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  /**
   * What this participant's own runs showed, for questions of this step that can be judged by now: the right option, or
   * the number. Of an earlier step it may come with a later report.
   */
  truths: answersSchema,
  /** Figures of a run step: `proxy.latency.p50Ratio` → value. */
  figures: z
    .record(z.string().max(96), z.number())
    .refine((figures) => Object.keys(figures).length <= 64, 'at most 64 figures'),
  /** Checks of a task. */
  checks: z.strictObject({ right: z.int().min(0).max(99), of: z.int().min(0).max(99) }).nullable(),
  /** Hints that were opened. */
  hints: z.int().min(0).max(99),
  done: z.boolean(),
  skipped: z.boolean(),
})
export type StepReport = z.infer<typeof stepReportSchema>
