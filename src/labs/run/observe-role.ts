/** One role's part of an observation of requests. */
import { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import type { RequestLine } from '../file/request-line.ts'
import type { RoleObservation } from '../progress/observation.ts'
import { absent, observed } from '../progress/observed-answers.ts'
import type { TaskSystems } from './task-systems.ts'

/** A role that is not up has a problem and no answers. Throws EdgeLabError where asking itself failed. */
export async function observeRole(
  systems: TaskSystems,
  role: Name,
  lines: readonly RequestLine[],
): Promise<RoleObservation> {
  const assigned = systems.role(role)
  const before = systems.state(role)
  if (before.state === 'mistake') return absent(assigned, before.mistake.difference)
  if (before.state === 'down') return absent(assigned, before.why)
  try {
    const seen = await systems.ask(role, lines)
    const after = systems.state(role)
    const version = (after.state === 'up' && after.running?.version) || null
    const { label, system } = assigned
    return { label, system, version, problem: '', ...observed(seen) }
  } catch (error) {
    if (error instanceof EdgeLabError && error.name === 'startFailed') return absent(assigned, error.message)
    throw error
  }
}
