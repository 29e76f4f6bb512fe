/** Carries out a run step and keeps what it showed. */

import { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import { makeKey } from '../../scenario/keys.ts'
import { requestWords } from '../checks/words.ts'
import type { RequestLine } from '../file/request-line.ts'
import type { Observation, RoleObservation } from '../progress/observation.ts'
import { observeTraffic } from './observe-traffic.ts'
import { assignedRole } from './role.ts'
import type { RunOptions } from './run-options.ts'
import { readLabScenario } from './scenario-file.ts'
import { openTaskEnvironment } from './task-environment.ts'

/**
 * The same traffic through each role. A role that does not start is part of the observation, with the reason. Throws
 * EdgeLabError: `badInput` where the scenario's file has mistakes, `interrupted`, and whatever keeps drivers or origins from starting.
 */
export async function observeRun(options: RunOptions): Promise<Observation> {
  const { step, workspace, signal } = options
  const scenario = await readLabScenario(workspace, step.scenario, makeKey)
  try {
    const seen = step.requests
      ? { roles: await observeRequests(options, step.requests), findings: [] }
      : await observeTraffic(options, scenario)
    return { step: step.id, at: new Date().toISOString(), ...seen }
  } catch (error) {
    if (signal.aborted) throw new EdgeLabError('interrupted', {}, { cause: error })
    throw error
  }
}

async function observeRequests(
  { lab, step, cast, workspace, seed, signal, line }: RunOptions,
  requests: readonly RequestLine[],
): Promise<Readonly<Record<Name, RoleObservation>>> {
  const roles = step.through.filter((role) => role !== 'direct')
  const labels = new Map(step.through.map((role) => [role, assignedRole(lab, cast, role).label]))
  line(`Starting ${[...labels.values()].join(', ')}`)
  const environment = await openTaskEnvironment({ lab, cast, workspace, scenario: step.scenario, roles, seed, signal })
  try {
    const seen: Record<Name, RoleObservation> = {}
    for (const role of step.through) {
      line(requestWords(requests, labels.get(role)!))
      Object.assign(seen, await environment.request(requests, [role]))
    }
    return seen
  } finally {
    await environment.close()
  }
}
