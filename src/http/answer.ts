import type { FailureKind } from './failure.ts'
import type { HeaderList } from './headers.ts'
import type { Request } from './request.ts'

/** What came back for a request. */
export interface Answer {
  /** 0: no answer came; headers and body are then empty. */
  readonly status: number
  readonly headers: HeaderList
  /** Decoded as UTF-8. */
  readonly body: string
  /** Milliseconds from the send to the answer’s last byte, or to the failure. */
  readonly durationMs: number
  /** Why no answer came. Absent where one did, and in records of version 1. */
  readonly failure?: FailureKind
}

/** A request and its answer: what evidence is made of. */
export interface Exchange extends Answer {
  readonly request: Request
}
