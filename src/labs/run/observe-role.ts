/** One role's part of an observation of requests. */
import { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import type { RequestLine } from '../file/lab.ts'
import type { RoleObservation } from '../progress/observation.ts'
import { absent, observed } from './observe-answers.ts'
import type { Scene } from './task-environment-parts.ts'

/** A role that does not stand has a problem and nothing to see. Throws EdgeLabError where asking itself failed. */
export async function observeRole(scene: Scene, role: Name, lines: readonly RequestLine[]): Promise<RoleObservation> {
  const actor = scene.actor(role)
  const before = scene.standing(role)
  if (before.state === 'mistake') return absent(actor, before.mistake.difference)
  if (before.state === 'down') return absent(actor, before.why)
  try {
    const seen = await scene.ask(role, lines)
    const after = scene.standing(role)
    const version = (after.state === 'up' && after.running?.version) || null
    const { label, system } = actor
    return { label, system, version, problem: '', ...observed(seen) }
  } catch (error) {
    if (error instanceof EdgeLabError && error.name === 'startFailed') return absent(actor, error.message)
    throw error
  }
}
