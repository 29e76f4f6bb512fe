/**
 * What a feature of the policy is: one folder, which says everything of it that no system need know. A system's cell of
 * the same name says the rest. Folders do not import the registry: what a feature asks of the rest of the policy comes
 * to it as a context, and a line of another feature as that one's type.
 */
import type { z } from 'zod'
import type { HeaderList } from '../../http/headers.ts'
import type { LineProbe, Pace, ProbeContext } from '../probes/probe.ts'
import type { CacheKeyPart } from './cache/line.ts'

/**
 * `Written` is one line as people write it, read by the schema; `Line` what the policy holds, with every default filled
 * in and in the units of the code; `Needs` the lines of other features (and the other lines of this one) that its probes
 * look at, for example `{ readonly apiKey: readonly ApiKey[] }`.
 */
export interface Feature<Written, Line, Needs = unknown> {
  /** What it means, for lists, help and reports: `routes by path prefix`. */
  readonly title: string
  /** The same as a noun, for sentences: `routing`. */
  readonly noun: string
  /** Its lines as people write them; the descriptions are what an editor shows. */
  readonly input: z.ZodType<readonly Written[]>
  /** One line in a run record. */
  readonly record: z.ZodType<Line>
  readonly toLine: (written: Written, context: LineContext) => Line
  /** What is wrong with its lines that no schema of one line can see. */
  readonly mistakes?: (lines: readonly Written[], context: MistakeContext) => readonly LineMistake[]
  /** `cache /products for 2.0 s by path + query, coalesced`: never with a secret in it. */
  readonly words: (line: Line) => string
  /** Where a line applies: below a path prefix, of which the longest wins, or to everything that goes to an origin. */
  readonly appliesTo: (line: Written | Line) => { readonly path: string } | { readonly origin: string }
  /** What applies to an origin of which no line speaks; without it, nothing. */
  readonly otherwise?: (origin: string) => Line
  /** Statuses with which an edge refuses a request because of this feature. */
  readonly refusals?: readonly number[]
  /** The answers to one path differ by this where the feature applies, so that a cache has to keep them apart. */
  readonly setsApart?: CacheKeyPart
  /**
   * What a system must be able to tell apart for the line to be safe, and why it must not carry it out where it cannot.
   * `lines` are all of the feature.
   */
  readonly unsafeWithout?: (line: Line, lines: readonly Line[]) => Unsafe | undefined
  /** What it does to one request depends on the requests before: buckets fill, entries expire. */
  readonly remembers?: true
  /** Absent where its lines hold nothing secret. */
  readonly credentials?: Credentials<Written, Line>
  /** Headers with which a probe's request passes this line, and meets nothing that another probe left behind. */
  readonly admission?: (line: Line, request: ProbedRequest) => Readonly<Record<string, string>>
  /** How many requests a line lets through at once, and after how many milliseconds as many again. */
  readonly pace?: (line: Line) => Pace
  /** What must be seen for the line to be believed. None only where no origin answers below its path. */
  readonly probes: (line: Line, context: ProbeContext<Needs>) => readonly LineProbe[]
}

export interface ProbedRequest {
  /** Path and query. */
  readonly path: string
  /** Which of several consumers asks; counted round where there are fewer. */
  readonly who: number
}

export interface LineContext {
  /** Makes the secret of a consumer who has none written down. */
  readonly makeKey: (consumer: string) => string
  /** By what the other features set the answers to this path apart. */
  readonly apartAt: (path: string) => readonly CacheKeyPart[]
}

export interface MistakeContext {
  /** How many instances each origin of the file has. */
  readonly instances: ReadonlyMap<string, number>
  /** The words for an origin that the file does not have. */
  readonly noOrigin: (origin: string) => string
  /** The request headers that carry secrets at this path, above it or below it. */
  readonly carriersNear: (path: string) => readonly string[]
  /** The features that set answers apart by `part` at this path, above it or below it. */
  readonly apartNear: (path: string, part: CacheKeyPart) => readonly string[]
}

export interface Unsafe {
  /** Features that set answers apart by this make it safe. */
  readonly part: CacheKeyPart
  readonly why: string
}

/** A mistake at a place within the feature's lines: `[0, 'path']`. */
export interface LineMistake {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** A text that gives a secret away, and what is shown in its place. */
export interface Secret {
  readonly text: string
  readonly shown: string
}

/** Who sends requests: a client of a scenario. */
export interface Caller {
  /** Sends this consumer's credentials. */
  readonly consumer?: string
  /** A literal key instead. */
  readonly key?: string
}

/** What must never reach a record, a report or a screen. */
export interface Credentials<Written, Line> {
  /** The line with a placeholder in place of every secret: what records and shown configurations are made from. */
  readonly withoutSecrets: (line: Line) => Line
  /** Every text that gives a secret of the line away, wherever it may have been captured. */
  readonly secrets: (line: Line) => readonly Secret[]
  /** The consumers that a written line names. */
  readonly consumers: (written: Written) => readonly string[]
  /** The request headers that carry a secret of a written line: no request may set them as plain text. */
  readonly carriers: (written: Written) => readonly string[]
  /** Headers with which a caller says who it is; none where the lines do not know it and it has no key. */
  readonly headersOf: (lines: readonly Line[], caller: Caller) => HeaderList
}
