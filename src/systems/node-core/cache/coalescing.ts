/**
 * Several requests for one missing entry become one request to the origin. undici's own deduplication decides by the
 * requests alone; whether an answer is for everybody is known when its head has come, so here everybody waits for that.
 */

import { type Dispatch, type Handler, headersOf, type Interceptor, type Options } from '../upstream/relay.ts'
import type { Entry } from './cache-entry.ts'
import { noteOf, type Passage, passageOf } from './cache-note.ts'
import { isFresh, serves } from './cache-store.ts'
import { Flight, type Reader } from './flight.ts'

/** How many keys are remembered whose answers could not be shared, so that no request waits for them in vain. */
const maxUnshared = 10_000

interface Waiter {
  readonly options: Options
  readonly handler: Handler
  readonly reader: Reader
}

/** `largest`: above this many bytes an answer is not stored, and so not shared. */
export function coalescing(largest: number): Interceptor {
  return (dispatch) => {
    const crowds = new Crowds(dispatch, largest)
    return (options, handler) => crowds.enter(options, handler)
  }
}

/** Those who want the same, and what they may get together. */
interface Crowd {
  readonly flight: Flight
  readonly waiting: Waiter[]
  readonly passage: Passage | undefined
  /** It is for one of the answers that the origin tells apart by Vary. */
  readonly isVariant: boolean
}

class Crowds {
  readonly #dispatch: Dispatch
  readonly #largest: number
  readonly #crowds = new Map<string, Crowd>()
  readonly #unshared = new Set<string>()

  constructor(dispatch: Dispatch, largest: number) {
    this.#dispatch = dispatch
    this.#largest = largest
  }

  enter(options: Options, handler: Handler): boolean {
    const { authorization, pragma, ...headers } = headersOf(options)
    const { 'cache-control': wish, 'if-none-match': tag, 'if-modified-since': date } = headers
    // Requests that ask the origin to revalidate, or that carry credentials, get an answer of their own.
    const isAlone = [authorization, pragma, wish].some((header) => header !== undefined)
    if (!passageOf(options) || isAlone) return this.#dispatch(options, handler)
    return this.#join(options, handler, [options.path, tag, date].join('\n'), false)
  }

  #join(options: Options, handler: Handler, key: string, isVariant: boolean): boolean {
    const crowd = this.#crowds.get(key)
    if (!crowd || crowd.passage?.overtaken) return this.#lead(options, handler, key, isVariant)
    const { flight, waiting } = crowd
    const reader = flight.join(handler)
    if (flight.head) this.#settle({ options, handler, reader }, crowd, key)
    else waiting.push({ options, handler, reader })
    return true
  }

  #lead(options: Options, handler: Handler, key: string, isVariant: boolean): boolean {
    const flight: Flight = new Flight(this.#largest, () => {
      if (this.#crowds.get(key) === crowd) this.#crowds.delete(key)
      if (flight.isTooLarge) this.#remember(key)
    })
    const crowd: Crowd = { flight, waiting: [], passage: passageOf(options), isVariant }
    if (!this.#unshared.has(key)) this.#crowds.set(key, crowd)
    const source = flight.source(handler, () => {
      const shared = sharedOf(crowd)
      if (shared) this.#unshared.delete(key)
      else flight.release()
      // A failure says nothing of how it is when all is well.
      if (!shared && flight.head!.status < 500) this.#remember(key)
      for (const waiter of crowd.waiting.splice(0)) this.#settle(waiter, crowd, key)
    })
    return this.#dispatch(options, source)
  }

  /** The head is here, and the library has stored the answer or not. */
  #settle({ options, handler, reader }: Waiter, crowd: Crowd, key: string): void {
    if (reader.isOver) return
    const shared = sharedOf(crowd)
    if (shared && serves(shared, headersOf(options) as Record<string, string>)) return crowd.flight.admit(reader)
    crowd.flight.dismiss(reader)
    if (shared && !crowd.isVariant) this.#join(options, handler, variantOf(key, shared, options), true)
    else this.#dispatch(options, handler)
  }

  #remember(key: string): void {
    this.#unshared.add(key)
    if (this.#unshared.size > maxUnshared) this.#unshared.delete(this.#unshared.values().next().value!)
  }
}

/** As what a crowd's answer is stored, if it may be given to others now. */
function sharedOf({ flight, passage }: Crowd): Entry | undefined {
  const entry = noteOf(flight.head?.headers ?? {})?.passage?.stored
  return entry && isFresh(entry) && !passage?.overtaken ? entry : undefined
}

/** Requests that get the same answer by the origin's Vary have the same key. */
function variantOf(key: string, { vary }: Entry, options: Options): string {
  return JSON.stringify([key, ...Object.keys(vary ?? {}).map((name) => [name, headersOf(options)[name]])])
}
