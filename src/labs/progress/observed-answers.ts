/** From what the driver and the origins tell to what an observation holds. Pure. */
import type { Answer } from '../../http/answer.ts'
import { headerOf } from '../../http/headers.ts'
import type { OriginCounts } from '../../origin/spec.ts'
import { cacheStatusHeader, fromCacheWords, type Name } from '../../policy/policy.ts'
import type { AnswerCounts, RoleObservation, SeenByOrigin } from './observation.ts'

/** What was asked through one role, and what came of it. Answers by the name of their request line, in order. */
export interface Seen {
  readonly answers: Readonly<Record<Name, readonly Answer[]>>
  readonly origin: SeenByOrigin
  /** The addresses that the requests came from, as the asked one sees them: one for each request line. */
  readonly from: readonly string[]
  /** What could not be as the lines say it here; empty where nothing is to be said. */
  readonly aside: string
}

/** Longest part of a body that is kept, in characters. */
const keptBody = 2000

/** Added up over instances. `last` is in order within each instance. */
export function originOf(counts: readonly OriginCounts[]): SeenByOrigin {
  const paths = new Map<string, number>()
  for (const each of counts) {
    for (const [path, count] of Object.entries(each.paths)) paths.set(path, (paths.get(path) ?? 0) + count)
  }
  return {
    requests: counts.reduce((sum, { requests }) => sum + requests, 0),
    connections: counts.reduce((sum, { connections }) => sum + connections, 0),
    paths: Object.fromEntries(paths),
    last: counts.flatMap(({ last }) => last),
  }
}

export const nothingSeen: SeenByOrigin = { requests: 0, connections: 0, paths: {}, last: [] }

/** The observation of a role that did not take part, with the reason. */
export function absent(who: Pick<RoleObservation, 'label' | 'system'>, problem: string): RoleObservation {
  const { label, system } = who
  return { label, system, version: null, problem, answers: {}, counts: {}, origin: nothingSeen, metrics: {} }
}

export function countAnswers(answers: readonly Answer[]): AnswerCounts {
  const byStatus = Map.groupBy(answers, ({ status }) => String(status))
  return countsOf(
    [...byStatus].map(([status, group]) => ({ status: Number(status), count: group.length })),
    answers.filter(isFromCache).length,
  )
}

export function countsOf(
  statuses: readonly { readonly status: number; readonly count: number }[],
  fromCache: number,
): AnswerCounts {
  const total = (which: (status: number) => boolean): number =>
    statuses.reduce((sum, { status, count }) => (which(status) ? sum + count : sum), 0)
  const known = [...new Set(statuses.map(({ status }) => status))]
  return {
    sent: total(() => true),
    accepted: total((status) => status >= 200 && status < 300),
    refused: total((status) => status >= 400 && status < 500),
    failed: total((status) => status === 0 || status >= 500),
    fromCache,
    byStatus: Object.fromEntries(known.map((status) => [String(status), total((each) => each === status)])),
  }
}

export function isFromCache({ headers }: Answer): boolean {
  return fromCacheWords.includes(headerOf(headers, cacheStatusHeader)?.toUpperCase() ?? '')
}

/** What of a role's answers goes into an observation. */
export function observed({
  answers,
  origin,
}: Pick<Seen, 'answers' | 'origin'>): Pick<RoleObservation, 'answers' | 'counts' | 'origin' | 'metrics'> {
  const names = Object.entries(answers)
  return {
    answers: Object.fromEntries(names.map(([as, all]) => [as, all.map(cut)])),
    counts: Object.fromEntries(names.map(([as, all]) => [as, countAnswers(all)])),
    origin,
    metrics: {},
  }
}

function cut(answer: Answer): Answer {
  return answer.body.length > keptBody ? { ...answer, body: `${answer.body.slice(0, keptBody)}…` } : answer
}
