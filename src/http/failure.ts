/** Why a request got no answer, or an answer more than itself. */
export const failureKinds = ['timeout', 'refused', 'reset', 'protocol', 'unsent', 'surplus', 'local'] as const
/**
 * timeout: no answer in time · refused: no connection · reset: closed before or within the answer ·
 * protocol: not HTTP/1.1 · unsent: no connection came free in time, or before the round ended ·
 * surplus: bytes after an answer, which stands; the connection was closed · local: this machine had no file descriptor,
 * port or memory left for a connection, which is not the target's doing.
 */
export type FailureKind = (typeof failureKinds)[number]
export type Failures = Readonly<Partial<Record<FailureKind, number>>>

/** What the target is to blame for: all but `local`. */
export function faultsOf(failures: Failures): number {
  return failureKinds.reduce((sum, kind) => sum + (kind === 'local' ? 0 : (failures[kind] ?? 0)), 0)
}

/** Requests that got no answer: what `surplus` counts are faults beside answers. */
export function unansweredOf(failures: Failures): number {
  return failureKinds.reduce((sum, kind) => sum + (kind === 'surplus' ? 0 : (failures[kind] ?? 0)), 0)
}
