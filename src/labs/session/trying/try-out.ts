/** A learner's own requests, through what runs for the step at hand. */
import type { Name } from '../../../policy/policy.ts'
import { makeKey } from '../../../scenario/keys.ts'
import { readLabScenario } from '../../run/scenario-file.ts'
import { triedBlocks } from '../evidence/tried.ts'
import type { Tried } from '../session.ts'
import { readRequest, requestText } from './request.ts'
import type { StepSystems, Wanted } from './step-systems.ts'

/** Whom requests can be sent as; none where the scenario's file has mistakes. */
export async function clientsIn(workspace: string, { scenario }: Wanted): Promise<readonly Name[]> {
  return readLabScenario(workspace, scenario, makeKey).then(
    ({ clients }) => Object.keys(clients),
    () => [],
  )
}

export interface TryOptions {
  readonly workspace: string
  readonly wanted: Wanted
  readonly systems: StepSystems
  /** What goes on now. */
  readonly busy: (what: string) => void
}

/**
 * Throws EdgeLabError: `requestUnclear`, `badInput` where the scenario's file has mistakes, and whatever keeps drivers or
 * origins from starting.
 */
export async function tryOut(text: string, { workspace, wanted, systems, busy }: TryOptions): Promise<Tried> {
  const { clients } = await readLabScenario(workspace, wanted.scenario, makeKey)
  const request = readRequest(text, Object.keys(clients))
  if (!systems.has(wanted)) busy('starting what the request goes through')
  try {
    const environment = await systems.ready(wanted)
    busy('sending the request')
    const seen = await environment.attempt(request, ['direct', ...wanted.roles])
    const understood = requestText(request)
    return { text: understood, blocks: triedBlocks(understood, Object.values(seen)) }
  } catch (error) {
    // Parts of what runs may be gone: the next one starts it anew.
    systems.leave()
    throw error
  }
}
