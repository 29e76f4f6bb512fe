import type { HeaderList } from './headers.ts'

/** An HTTP request, to be sent or as it arrived: of probes, traffic, labs, evidence and the origins’ accounts. */
export interface Request {
  /** `GET`; methods are told apart by case (RFC 9110 §9.1). */
  readonly method: string
  /** Path and query, beginning with a slash. What may not stand in a request line is percent-encoded when it is sent. */
  readonly path: string
  /** The sender adds Host and Content-Length where they are missing. */
  readonly headers: HeaderList
  /** As UTF-8. Absent: none, which is not the same as an empty one. */
  readonly body?: string
}

/** A GET without a body. */
export function get(path: string, headers: Readonly<Record<string, string>> = {}): Request {
  return { method: 'GET', path, headers: Object.entries(headers) }
}
