/**
 * What the layers around the library's cache tell each other: with the options of a request, and with the headers of an
 * answer, under a symbol. Nothing that an origin or a client writes can be mistaken for it, and none of it is sent.
 */

import type { Options, ResponseHeaders } from '../upstream/relay.ts'
import type { Entry } from './cache-entry.ts'

/** One request's way through the cache. */
export interface Passage {
  /** As it goes to the origin. */
  readonly path: string
  /** The origin was asked for this request. */
  asked: boolean
  /** It said that what is stored is still right (304). */
  renewed: boolean
  /** Since it was asked, an unsafe request has changed what it was asked for: its answer is not to be kept. */
  overtaken: boolean
  /** As what its answer is being stored; undefined where it is not. */
  stored: Entry | undefined
}

/** An answer on its way up through the library. */
export interface Note {
  /** The headers as the client gets them, whatever the library is told. */
  readonly sent: ResponseHeaders
  /** The request that fetched it; undefined where it comes out of the store. */
  readonly passage?: Passage
  /** Its lifetime where the origin states none. Milliseconds. */
  readonly ttlMs?: number
  /** False where it would be of no use to anybody else. */
  readonly keep: boolean
}

const passageMark = Symbol('passage')
const noteMark = Symbol('note')

export function withPassage(options: Options, passage: Passage): Options {
  return { ...options, [passageMark]: passage } as Options
}

export function passageOf(options: Options): Passage | undefined {
  return (options as { [passageMark]?: Passage })[passageMark]
}

export function withNote<Headers extends object>(headers: Headers, note: Note): Headers {
  return { ...headers, [noteMark]: note }
}

export function noteOf(headers: object): Note | undefined {
  return (headers as { [noteMark]?: Note })[noteMark]
}
