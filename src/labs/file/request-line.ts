/** A line of requests, as labs write them down. */
import type { Request } from '../../http/request.ts'
import type { Name } from '../../policy/policy.ts'

/** `times` requests of one kind, one after another or all at once. */
export interface RequestLine extends Request {
  /** What answers and counts are filed under. */
  readonly as: Name
  /** A client of the scenario, whose headers are sent too where the line does not have them. */
  readonly client: Name
  readonly times: number
  readonly together: boolean
  /** Milliseconds before the first of them. */
  readonly afterMs: number
  /** Which address they come from: the second, the third. Absent: the usual one. */
  readonly from?: number
}
