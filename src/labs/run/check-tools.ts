/** What the checks of a task are judged with, from the systems that run for it. */
import type { Frame } from '../../traffic/plan.ts'
import type { CheckTools } from '../checks/tools.ts'
import { addUp, constantPhases } from '../checks/traffic.ts'
import type { Facts } from '../progress/facts.ts'
import { observeRole } from './observe-role.ts'
import { answerMs, type TaskSystems } from './task-systems.ts'

export interface CheckToolsOptions {
  readonly seed: number
  readonly signal: AbortSignal
  /** Decides when steady traffic may be sent: two such checks side by side would make each other late. Absent: at once. */
  readonly steady?: <Result>(act: () => Promise<Result>) => Promise<Result>
}

export function checkTools(
  systems: TaskSystems,
  facts: Facts,
  { seed, signal, steady = (act) => act() }: CheckToolsOptions,
): CheckTools {
  return {
    facts,
    problemOf: (role) => {
      const state = systems.state(role)
      return state.state === 'up' ? undefined : state
    },
    labelOf: (role) => systems.role(role).label,
    ask: systems.ask,
    observe: (role, lines) => observeRole(systems, role, lines),
    reference: systems.reference,
    traffic: (role, clients, forMs) =>
      steady(async () => {
        const { target, driver, asSent, connections } = await systems.freshTarget(role, Object.keys(clients))
        const phases = constantPhases(clients, forMs, asSent)
        const frames: Frame[] = []
        await driver.run(
          { mode: 'open', target, connections, timeoutMs: answerMs, seed, phases },
          (frame) => void frames.push(frame),
          signal,
        )
        return addUp(frames)
      }),
  }
}
