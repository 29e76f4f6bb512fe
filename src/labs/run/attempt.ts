/** A request that a learner thought of, sent through each role as it stands: nothing is started anew for it. */
import { EdgeLabError } from '../../errors.ts'
import type { Request } from '../../http/request.ts'
import type { Name } from '../../policy/policy.ts'
import type { RoleObservation } from '../progress/observation.ts'
import { absent, observed } from '../progress/observed-answers.ts'
import { answerMs, answerOf, type TaskSystems } from './task-systems.ts'

export interface TryRequest extends Request {
  /** Whose headers and key are sent with it; null: nobody's. */
  readonly client: Name | null
}

/** Answers are filed under this name. */
export const attempted = 'tried'

/**
 * One role after another, so that each origin's account is of this request through this role. A role that is not up has a
 * problem and no answer. Throws EdgeLabError where asking itself failed, `badInput` where there is no such client any more.
 */
export async function attemptThrough(
  systems: TaskSystems,
  request: TryRequest,
  roles: readonly Name[],
  signal: AbortSignal,
): Promise<Readonly<Record<Name, RoleObservation>>> {
  const seen: [Name, RoleObservation][] = []
  for (const role of roles) seen.push([role, await attempt(systems, request, role, signal)])
  return Object.fromEntries(seen)
}

async function attempt(
  systems: TaskSystems,
  { method, path, headers, client }: TryRequest,
  role: Name,
  signal: AbortSignal,
): Promise<RoleObservation> {
  const assigned = systems.role(role)
  const state = systems.state(role)
  if (state.state === 'mistake') return absent(assigned, state.mistake.difference)
  if (state.state === 'down') return absent(assigned, state.why)
  try {
    const { target, driver, asSent } = await systems.usedTarget(role, client === null ? [] : [client])
    const line = { method, path, headers }
    const sent = client === null ? line : asSent({ ...line, client })
    const requests = [{ method, path, headers: sent.headers }]
    const { exchanges } = await driver.exchange({ target, together: false, timeoutMs: answerMs, requests }, signal)
    const seen = { answers: { [attempted]: exchanges.map(answerOf) }, origin: await systems.seen() }
    const { label, system } = assigned
    return { label, system, version: state.running?.version ?? null, problem: '', ...observed(seen) }
  } catch (error) {
    if (error instanceof EdgeLabError && error.name === 'startFailed') return absent(assigned, error.message)
    throw error
  }
}
