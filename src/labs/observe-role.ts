/** One role's part of an observation of requests. */
import { LabError } from '../errors.ts'
import type { Name } from '../policy/policy.ts'
import type { RequestLine } from './lab.ts'
import type { RoleObservation } from './observation.ts'
import { nothingSeen, observed } from './observe-answers.ts'
import type { Scene } from './stand-scene.ts'

/** A role that does not stand has a problem and nothing to see. Throws LabError where asking itself failed. */
export async function observeRole(scene: Scene, role: Name, lines: readonly RequestLine[]): Promise<RoleObservation> {
  const { label, system } = scene.actor(role)
  const nothing = { answers: {}, counts: {}, origin: nothingSeen, metrics: {} }
  const absent = (problem: string): RoleObservation => ({ label, system, version: null, problem, ...nothing })
  const before = scene.standing(role)
  if (before.state === 'mistake') return absent(before.mistake.difference)
  if (before.state === 'down') return absent(before.why)
  try {
    const seen = await scene.ask(role, lines)
    const after = scene.standing(role)
    const version = (after.state === 'up' && after.running?.version) || null
    return { label, system, version, problem: '', ...observed(seen) }
  } catch (error) {
    if (error instanceof LabError && error.name === 'startFailed') return absent(error.message)
    throw error
  }
}
