/** Carries out a run step and keeps what it showed. */

import { join } from 'node:path'
import { findingMetrics } from '../../comparison/findings/registry.ts'
import { EdgeLabError } from '../../errors.ts'
import type { ExperimentPlan } from '../../experiment/experiment.ts'
import type { Name } from '../../policy/policy.ts'
import { makeKey } from '../../scenario/keys.ts'
import { loadScenario } from '../../scenario/load.ts'
import { systemIds } from '../../systems/system.ts'
import { readPlainText } from '../../text-file.ts'
import { badInput } from '../../yaml-file.ts'
import { requestWords } from '../checks/words.ts'
import type { Lab, RequestLine, RunStep } from '../file/lab.ts'
import type { Observation, RoleObservation } from '../progress/observation.ts'
import type { Cast } from '../session/session.ts'
import { observeTraffic } from './observe-traffic.ts'
import { actorOf } from './role.ts'
import { openTaskEnvironment } from './task-environment.ts'

export interface RunOptions {
  readonly lab: Pick<Lab, 'id' | 'roles' | 'folder'>
  readonly step: RunStep
  readonly cast: Cast
  readonly workspace: string
  readonly seed: number
  readonly signal: AbortSignal
  /** Told what goes on, a line at a time. */
  readonly line: (text: string) => void
  /** Carries out each round of a scenario's traffic when it may; absent: at once. */
  readonly round?: ExperimentPlan['round']
}

/**
 * The same traffic through each role. A role that does not start is part of the observation, with the reason. Throws
 * EdgeLabError: `badInput` where the scenario's file has mistakes, `interrupted`, and what keeps everything from standing.
 */
export async function observeRun(options: RunOptions): Promise<Observation> {
  const { step, workspace, signal } = options
  const text = await readPlainText(join(workspace, step.scenario)).catch((cause: Error) => {
    const message = `it cannot be read: ${cause.message}`
    throw badInput(step.scenario, [{ file: step.scenario, path: '', message }])
  })
  const scenario = loadScenario(text, step.scenario, { systems: systemIds, findings: findingMetrics, makeKey })
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
  const labels = new Map(step.through.map((role) => [role, actorOf(lab, cast, role).label]))
  line(`Starting ${[...labels.values()].join(', ')}`)
  const stand = await openTaskEnvironment({ lab, cast, workspace, scenario: step.scenario, roles, seed, signal })
  try {
    const seen: Record<Name, RoleObservation> = {}
    for (const role of step.through) {
      line(requestWords(requests, labels.get(role)!))
      Object.assign(seen, await stand.request(requests, [role]))
    }
    return seen
  } finally {
    await stand.close()
  }
}
