/** How a task judged the solutions that its author gave, in one cast: a row of the gate’s table. */
import type { Name } from '../../../policy/policy.ts'

export interface Tally {
  readonly task: Name
  /** Once for each time that it was judged from fresh. */
  readonly solution: readonly Attempt[]
  readonly also: readonly Attempt[]
  readonly wrong: readonly Attempt[]
}

export interface Attempt {
  /** The folder of the lab that was laid over the learner’s files. */
  readonly files: string
  /** `skipped`: it holds nothing for the systems that play. */
  readonly judged: 'rightly' | 'wrongly' | 'skipped'
  /** What was wrong, a line each. */
  readonly details: readonly string[]
}
