/** What a host says where it refuses a request: a status, and `{ refused, why }` as JSON. */
import { z } from 'zod'

/** By reason: the status, and whether the same request may be sent again later (`retry-after` then says when). */
export const refusals = {
  'wrong passcode': { status: 401, again: true },
  /** Too many wrong ones came from this address, or in all: nobody’s passcode is looked at for a while. */
  'passcode locked': { status: 429, again: true },
  /** The participant’s EdgeLab says these things in another way; `why` names the host’s. */
  'other protocol': { status: 409, again: false },
  'no token': { status: 401, again: false },
  /** Of another workshop, or replaced because the same participant has joined again. */
  'unknown token': { status: 401, again: false },
  /** The facilitator has removed this participant. */
  removed: { status: 403, again: false },
  'host action by a participant': { status: 403, again: false },
  'bad message': { status: 400, again: false },
  'body too large': { status: 413, again: false },
  'too many requests': { status: 429, again: true },
  'too many connections': { status: 429, again: true },
  /** More than a participant could report in good faith. */
  'too much reported': { status: 413, again: false },
  'room is full': { status: 503, again: true },
  'workshop is over': { status: 410, again: false },
  'unknown path': { status: 404, again: false },
  'not HTTP': { status: 400, again: false },
  /** Of the log alone: there is nobody to be answered. */
  'not HTTPS': { status: 400, again: false },
  'too slow': { status: 408, again: true },
  /** Nothing is acknowledged that is not on the disk. */
  'disk failed': { status: 503, again: true },
  'host failed': { status: 500, again: true },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly again: boolean }>>

export type RefusalReason = keyof typeof refusals

export const refusedSchema = z.object({
  /** A reason; of another version perhaps, which this one does not know. */
  refused: z.string().max(100),
  /** A sentence for people; empty where the reason says it all. */
  why: z.string(),
})
export interface Refused {
  readonly refused: RefusalReason
  readonly why: string
}

export function isReason(text: string): text is RefusalReason {
  return Object.hasOwn(refusals, text)
}
