/**
 * One request as a recording tells it: all that is read of a line, whatever the format. Reused from line to line, because
 * a log has millions. What says who asked (addresses, user names, cookies, referers) is not read at all.
 */
export interface Recorded {
  /** Milliseconds since 1970. */
  atMs: number
  method: string
  /** Path and query as they were sent, or an absolute URL. */
  target: string
  /** 0: there was no answer. */
  status: number
  /** Of the answer’s body, or of the whole answer where the format counts it so; -1: not said. */
  bytes: number
  /** Of the request’s body; -1: not said. */
  sentBytes: number
  /** How long the origin took, or the whole request where nothing nearer is said; -1: not said. */
  tookMs: number
  /** Empty where it is not said. */
  userAgent: string
}

export function newRecorded(): Recorded {
  return { atMs: 0, method: '', target: '', status: 0, bytes: -1, sentBytes: -1, tookMs: -1, userAgent: '' }
}

/** Forgets the line before: formats set only what their lines say. */
export function clear(recorded: Recorded): void {
  recorded.status = 0
  recorded.bytes = -1
  recorded.sentBytes = -1
  recorded.tookMs = -1
  recorded.userAgent = ''
}

/** What is cut out of a line is a view of it, and a line of its chunk: kept for long, it would keep all of that. */
export function copyOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}
