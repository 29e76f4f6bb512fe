/** The first answer of each class, whole, for people to look at. */

import type { HeaderList } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'
import { decodeHeaders } from '../http/response-head.ts'
import type { Sample } from '../plan.ts'

const maxBodyBytes = 256 * 1024
/** A target that makes up statuses must not fill the memory. */
const maxSamples = 200

/** Answers that are told apart in samples and slots. */
export interface AnswerClass {
  readonly phase: string
  readonly client: string
  readonly status: number
  /** A sample of it is kept, or on its way. */
  sampled: boolean
}

/** An answer that is being kept while it comes in. */
export interface Capture {
  readonly answerClass: AnswerClass
  readonly request: Request
  readonly headers: HeaderList
  readonly chunks: Buffer[]
  size: number
}

export interface Samples {
  /** Null where enough is kept already. `data[from, end)` is the head. */
  begin(answerClass: AnswerClass, request: Request, data: Buffer, from: number, end: number): Capture | null
  keep(capture: Capture): void
  /** The answer broke off: the next of its class is kept instead. */
  drop(capture: Capture): void
  readonly kept: readonly Sample[]
}

export function openSamples(): Samples {
  const kept: Sample[] = []
  return {
    begin: (answerClass, request, data, from, end) => {
      if (answerClass.sampled || kept.length >= maxSamples) return null
      answerClass.sampled = true
      return { answerClass, request, headers: decodeHeaders(data, from, end), chunks: [], size: 0 }
    },
    keep: ({ answerClass, request, headers, chunks, size }) => {
      const { phase, client, status } = answerClass
      const body = Buffer.concat(chunks).toString('utf8')
      kept.push({ phase, client, request, status, headers, body, truncated: size > maxBodyBytes })
    },
    drop: (capture) => {
      capture.answerClass.sampled = false
    },
    kept,
  }
}

/** Copies what still has room of `data[from, end)`. */
export function addToCapture(capture: Capture, data: Buffer, from: number, end: number): void {
  const room = Math.max(0, maxBodyBytes - capture.size)
  capture.size += end - from
  if (room > 0) capture.chunks.push(Buffer.from(data.subarray(from, Math.min(end, from + room))))
}
