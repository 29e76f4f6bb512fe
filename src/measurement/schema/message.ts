/** Requests and answers as records keep them. */
import { z } from 'zod'
import type { Answer, Exchange } from '../../http/answer.ts'
import { failureKinds } from '../../http/failure.ts'
import type { HeaderList } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'

export const headersSchema = z.array(z.tuple([z.string(), z.string()])) satisfies z.ZodType<HeaderList>

export const requestSchema = z.object({
  method: z.string(),
  path: z.string(),
  headers: headersSchema,
  body: z.string().exactOptional(),
}) satisfies z.ZodType<Request>

export const answerSchema = z.object({
  status: z.int(),
  headers: headersSchema,
  body: z.string(),
  durationMs: z.number(),
  failure: z.enum(failureKinds).exactOptional(),
}) satisfies z.ZodType<Answer>

export const exchangeSchema = answerSchema.extend({ request: requestSchema }) satisfies z.ZodType<Exchange>
