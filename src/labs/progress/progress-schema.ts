/** What a progress file must be to be read. The compiler checks it against the interfaces. */
import { z } from 'zod'
import type { Block, Finding } from '../../comparison/finding.ts'
import { answerSchema, headersSchema, requestSchema } from '../../measurement/schema/message.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Observation } from './observation.ts'
import { type Progress, progressFormatVersion } from './progress.ts'

const text = z.string()
const texts = z.record(text, text)
const count = z.number()

const block = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    title: text,
    columns: z.array(z.object({ title: text, align: z.enum(['left', 'right']) })),
    rows: z.array(z.array(z.object({ text, tone: z.enum(['good', 'bad', 'muted']).exactOptional() }))),
    caption: text,
  }),
  z.object({
    kind: z.literal('chart'),
    shape: z.enum(['line', 'step', 'bar']),
    title: text,
    x: z.object({
      title: text,
      scale: z.enum(['linear', 'log', 'category']),
      labels: z.array(text).exactOptional(),
    }),
    y: z.object({ title: text, scale: z.enum(['linear', 'log']) }),
    series: z.array(
      z.object({
        name: text,
        points: z.array(z.tuple([z.number(), z.number().nullable()])),
        reference: z.boolean().exactOptional(),
      }),
    ),
    summary: text,
  }),
  z.object({
    kind: z.literal('intervals'),
    title: text,
    reference: text,
    quantity: text,
    rows: z.array(
      z.object({
        name: text,
        ratio: z.number(),
        low: z.number(),
        high: z.number(),
        claim: z.enum(['higher', 'lower', 'none', 'noise']),
      }),
    ),
    floor: z.number(),
    caption: text,
    summary: text,
  }),
  z.object({
    kind: z.literal('bodies'),
    title: text,
    request: text,
    answers: z.array(
      z.object({
        label: text,
        status: z.int(),
        headers: headersSchema,
        body: text,
        remark: text,
      }),
    ),
  }),
  z.object({ kind: z.literal('code'), title: text, language: text, text }),
  z.object({ kind: z.literal('note'), tone: z.enum(['info', 'warning']), text }),
]) satisfies z.ZodType<Block>

const finding = z.object({
  id: text,
  scenario: text.nullable(),
  title: text,
  question: text,
  verdict: z.array(text),
  blocks: z.array(block),
  brief: z.object({ verdict: z.array(text), blocks: z.array(block) }).exactOptional(),
  metrics: z.record(text, z.record(text, z.number())),
}) satisfies z.ZodType<Finding>

const observation = z.object({
  step: text,
  at: text,
  roles: z.record(
    text,
    z.object({
      label: text,
      system: text,
      version: text.nullable(),
      problem: text,
      answers: z.record(text, z.array(answerSchema)),
      counts: z.record(
        text,
        z.object({
          sent: count,
          accepted: count,
          refused: count,
          failed: count,
          fromCache: count,
          byStatus: z.record(text, count),
        }),
      ),
      origin: z.object({
        requests: count,
        connections: count,
        paths: z.record(text, count),
        last: z.array(requestSchema),
      }),
      metrics: z.record(text, z.record(text, z.number())),
    }),
  ),
  findings: z.array(finding),
}) satisfies z.ZodType<Observation>

const verdict = z.object({
  id: text,
  describe: text,
  state: z.enum(['right', 'wrong', 'unknown']),
  request: text,
  expected: text,
  received: text,
  difference: text,
}) satisfies z.ZodType<CheckVerdict>

export const progressSchema = z.object({
  formatVersion: z.literal(progressFormatVersion),
  lab: text,
  startedAt: text,
  at: text,
  seed: z.int(),
  steps: z.record(
    text,
    z.object({
      done: z.boolean(),
      skipped: z.boolean(),
      answers: texts,
      committed: z.boolean(),
      confidence: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
      observation: observation.nullable(),
      verdicts: z.array(verdict),
      hints: z.array(z.int()),
      tries: z.int(),
    }),
  ),
}) satisfies z.ZodType<Progress>
