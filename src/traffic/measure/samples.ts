/** The first answer of each class, whole, for people to look at; of some every different one, as all are to be looked at. */

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
  /** Every different body is kept. */
  readonly everyBody: boolean
  /** All that is wanted of it is kept, or on its way. */
  sampled: boolean
  /** Of the different bodies that are kept, each with how many answers had it. */
  readonly bodies: Map<string, CountedSample>
}

type CountedSample = Sample & { count: number }

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
      // Where every body is looked at, those that are known already are to be counted.
      const { sampled, everyBody } = answerClass
      if (sampled || (!everyBody && kept.length >= maxSamples)) return null
      answerClass.sampled = !everyBody
      return { answerClass, request, headers: decodeHeaders(data, from, end), chunks: [], size: 0 }
    },
    keep: ({ answerClass, request, headers, chunks, size }) => {
      const { phase, client, status, everyBody, bodies } = answerClass
      const body = Buffer.concat(chunks).toString('utf8')
      const known = bodies.get(body)
      if (known) known.count += 1
      if (known || kept.length >= maxSamples) return
      const sample: Sample = { phase, client, request, status, headers, body, truncated: size > maxBodyBytes }
      if (!everyBody) return void kept.push(sample)
      const counted = { ...sample, count: 1 }
      bodies.set(body, counted)
      kept.push(counted)
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
