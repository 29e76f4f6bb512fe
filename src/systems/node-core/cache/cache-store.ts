import { Writable } from 'node:stream'
import type { Entry, Key, Store, Value } from './cache-entry.ts'
import { noteOf, type Passage, withNote } from './cache-note.ts'

/** Sizes in bytes. */
export interface Limits {
  readonly entries: number
  readonly bytes: number
  readonly largest: number
}

/** Answers under one key that differ by the origin's Vary: beyond this many the oldest goes. */
const maxVariants = 100
/** How long an expired entry is kept if the origin can be asked whether it is still right. Milliseconds. */
const validatorMs = 24 * 3600_000

/**
 * The library's store, in memory, least recently used out first. The library's own one knows nothing of the policy's key
 * and lifetimes: this one drops all entries of a path at once (RFC 9111 §4.4), whoever they are for, and adds to each
 * what the policy says of it.
 */
export class AnswerStore implements Store {
  readonly #limits: Limits
  readonly #staleOnErrorMs: number
  /** By key; the least recently used first. In a list the newest is last. */
  readonly #entries = new Map<string, Entry[]>()
  readonly #keysByUri = new Map<string, Set<string>>()
  readonly #fetching = new Map<Passage, string>()
  #count = 0
  #bytes = 0

  constructor(limits: Limits, staleOnErrorMs: number) {
    this.#limits = limits
    this.#staleOnErrorMs = staleOnErrorMs
  }

  get(key: Key): Entry | undefined {
    const id = key.origin + key.path
    const list = this.#entries.get(id)
    if (!list) return undefined
    const now = Date.now()
    const found = list.findLast((entry) => entry.deleteAt > now && serves(entry, key.headers ?? {}))
    if (found) {
      this.#entries.delete(id)
      this.#entries.set(id, list)
    }
    return found
  }

  createWriteStream(key: Key, value: Value): Writable | undefined {
    const note = noteOf(value.headers)
    const { largest } = this.#limits
    const length = Number(value.headers['content-length'] ?? 0)
    if (!note?.passage || !note.keep || note.passage.overtaken || length > largest) return undefined
    const { passage } = note
    const entry = this.#entry(value, note)
    passage.stored = entry
    return new Writable({
      highWaterMark: largest,
      write(chunk: Buffer, _, done) {
        entry.size += chunk.length
        if (entry.size > largest) this.destroy()
        else entry.body.push(chunk)
        done()
      },
      final: (done) => {
        if (!passage.overtaken) this.#keep(key, entry)
        done()
      },
    })
  }

  /** A path with the policy's key behind it is one entry; a bare one is everything that is kept of it. */
  delete({ origin, path }: Key): void {
    if (path.includes(keySeparator)) return this.#drop(origin + path)
    const uri = uriOf(origin, path)
    for (const id of [...(this.#keysByUri.get(uri) ?? [])]) this.#drop(id)
    for (const [passage, fetched] of this.#fetching) if (fetched === uri) passage.overtaken = true
  }

  /** The origin is being asked; the function that this gives says that it has answered. */
  fetching(passage: Passage, origin: string): () => void {
    this.#fetching.set(passage, uriOf(origin, passage.path))
    return () => void this.#fetching.delete(passage)
  }

  #entry(value: Value, { sent, ttlMs }: NonNullable<ReturnType<typeof noteOf>>): Entry {
    const directives = value.cacheControlDirectives ?? {}
    const staleAt = ttlMs === undefined ? value.staleAt : value.cachedAt + ttlMs
    const staleIfError = directives['stale-if-error'] ?? this.#staleOnErrorMs / 1000
    const staleMs = 1000 * Math.max(staleIfError, directives['stale-while-revalidate'] ?? 0)
    const hasValidator = value.etag !== undefined || sent['last-modified'] !== undefined
    // What the library took out (hop-by-hop fields, Age) stays out; what it was not told comes back.
    const kept = Object.fromEntries(
      Object.entries(sent).filter(([name]) => Object.hasOwn(value.headers, name) || untold.includes(name)),
    ) as Value['headers']
    return {
      ...value,
      headers: withNote(kept, { sent: kept, keep: true }),
      cacheControlDirectives: { ...directives, 'stale-if-error': staleIfError },
      staleAt,
      deleteAt: staleAt + Math.max(staleMs, value.deleteAt - value.staleAt, hasValidator ? validatorMs : 0),
      body: [],
      size: 0,
    }
  }

  #keep(key: Key, entry: Entry): void {
    // What came without a length has one now, so that ranges of it can be given.
    const sent = noteOf(entry.headers)?.sent
    if (sent && entry.size > 0) sent['content-length'] ??= String(entry.size)
    const id = key.origin + key.path
    const list = (this.#entries.get(id) ?? []).filter((old) => !serves(old, key.headers ?? {}) || !this.#forget(old))
    this.#entries.delete(id)
    this.#entries.set(id, list)
    list.push(entry)
    this.#count += 1
    this.#bytes += entry.size
    const uri = uriOf(key.origin, key.path)
    const keys = this.#keysByUri.get(uri) ?? new Set()
    this.#keysByUri.set(uri, keys.add(id))
    if (list.length > maxVariants) this.#forget(list.shift()!)
    while (this.#count > this.#limits.entries || this.#bytes > this.#limits.bytes) this.#evict()
  }

  #evict(): void {
    const [oldest, list] = this.#entries.entries().next().value!
    this.#forget(list.shift()!)
    if (list.length === 0) this.#drop(oldest)
  }

  #drop(id: string): void {
    for (const entry of this.#entries.get(id) ?? []) this.#forget(entry)
    this.#entries.delete(id)
    const uri = uriOf('', id)
    const keys = this.#keysByUri.get(uri)
    keys?.delete(id)
    if (keys?.size === 0) this.#keysByUri.delete(uri)
  }

  #forget({ size }: Entry): true {
    this.#count -= 1
    this.#bytes -= size
    return true
  }
}

/** Stands between path and key: no path and no header can contain it. */
export const keySeparator = '\n'

/** Headers that the library may not have been told of. */
export const untold = ['date', 'last-modified']

const uriOf = (origin: string, path: string): string => origin + path.replace(/[?\n].*/s, '')

/**
 * Whether an entry may answer a request: by the origin's Vary, and, where the request is authorized, only if the origin
 * allows it in so many words (RFC 9111 §3.5 wants that of what is stored; here also of whom it is for, because many an
 * origin answers by Authorization without saying so in Vary).
 */
export function serves({ vary, cacheControlDirectives: told }: Entry, headers: NonNullable<Key['headers']>): boolean {
  if (
    headers['authorization'] !== undefined &&
    !(told.public || told['must-revalidate'] || told['s-maxage'] !== undefined)
  )
    return false
  return Object.entries(vary ?? {}).every(([name, value]) => String(headers[name] ?? '\n') === String(value ?? '\n'))
}

/** Whether an entry may answer a request now without asking the origin. */
export function isFresh({ staleAt, cacheControlDirectives: told }: Entry): boolean {
  return staleAt > Date.now() && told['no-cache'] !== true
}
