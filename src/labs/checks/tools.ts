/** What checks may use to be judged, and the form of their verdicts. */
import type { Answer } from '../../http/answer.ts'
import type { Name } from '../../policy/policy.ts'
import type { CheckOf, CheckVerdict } from '../file/check.ts'
import type { RequestLine } from '../file/request-line.ts'
import type { Facts } from '../progress/facts.ts'
import type { RoleObservation } from '../progress/observation.ts'
import type { Seen } from '../progress/observed-answers.ts'
import type { Mistake } from './file-mistake.ts'
import type { Traffic } from './traffic.ts'

export type Judged = Omit<CheckVerdict, 'id' | 'describe'>

/** Why a role cannot be asked: the learner's files have a mistake, or its system is down through no fault of theirs. */
export type RoleProblem =
  | { readonly state: 'mistake'; readonly mistake: Mistake }
  | { readonly state: 'down'; readonly why: string }

export interface CheckTools {
  readonly facts: Facts
  problemOf(role: Name): RoleProblem | undefined
  labelOf(role: Name): string
  /** Through a role that has no earlier requests behind it. */
  ask(role: Name, lines: readonly RequestLine[]): Promise<Seen>
  observe(role: Name, lines: readonly RequestLine[]): Promise<RoleObservation>
  /** What the origins themselves answer. */
  reference(line: RequestLine): Promise<Answer>
  /** Constant traffic of several clients at once. */
  traffic(role: Name, clients: CheckOf<'rate'>['clients'], forMs: number): Promise<Traffic>
}

/** `difference` is empty when it is right. */
export function judged(request: string, expected: string, received: string, difference: string | undefined): Judged {
  return { state: difference ? 'wrong' : 'right', request, expected, received, difference: difference ?? '' }
}

export function cannotTell(request: string, why: string): Judged {
  return { state: 'unknown', request, expected: '', received: why, difference: '' }
}
