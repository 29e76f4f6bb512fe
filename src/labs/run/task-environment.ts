/**
 * Where a task is done: runtime, drivers, origins and the systems of its roles, running while the task is shown. After an
 * edit only what changed is started again. Calls are carried out one at a time, in order.
 */
import { randomBytes } from 'node:crypto'
import { EdgeLabError } from '../../errors.ts'
import { startDrivers } from '../../experiment/drivers.ts'
import { redact } from '../../measurement/redact.ts'
import type { Name } from '../../policy/policy.ts'
import { openRuntime } from '../../runtime/open.ts'
import { judgeCheck } from '../checks/judge.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { TaskCheck } from '../file/lab.ts'
import type { RequestLine } from '../file/request-line.ts'
import type { Facts } from '../progress/facts.ts'
import type { RoleObservation } from '../progress/observation.ts'
import { attemptThrough, type TryRequest } from './attempt.ts'
import { type CheckToolsOptions, checkTools } from './check-tools.ts'
import { observeRole } from './observe-role.ts'
import { openTaskSystems, type TaskSystems, type TaskSystemsOptions } from './task-systems.ts'

export interface TaskEnvironmentOptions extends TaskSystemsOptions, CheckToolsOptions {}

export interface TaskEnvironment {
  /** The same requests through each role in turn, each started anew, with the origins' counts at zero. */
  request(lines: readonly RequestLine[], roles: readonly Name[]): Promise<Readonly<Record<Name, RoleObservation>>>
  /**
   * A learner's own request through each of these, none of them started anew: caches and limits keep what earlier
   * ones left.
   */
  attempt(request: TryRequest, roles: readonly Name[]): Promise<Readonly<Record<Name, RoleObservation>>>
  /** One verdict for each check, in order. A check that could not be judged is unknown and does not throw. */
  judge(checks: readonly TaskCheck[], facts: Facts): Promise<readonly CheckVerdict[]>
  /** To be called after files were edited: reads them again and restarts what changed. */
  refresh(): Promise<void>
  /** Stops everything, also what is under way. May be called twice. */
  close(): Promise<void>
}

/**
 * Throws EdgeLabError where not even the drivers and origins can be started. Mistakes in the learner's files do not throw:
 * they make the checks wrong, and a later refresh may find them corrected.
 */
export async function openTaskEnvironment(options: TaskEnvironmentOptions): Promise<TaskEnvironment> {
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])
  const runId = `lab-${options.lab.id}-${randomBytes(3).toString('hex')}`
  // What is asked here is counted, and no time is measured.
  const runtime = await openRuntime(options.cast.runtime, { runId, pinned: false, signal })
  let queue: Promise<unknown> = Promise.resolve()
  const close = async (): Promise<void> => {
    closing.abort(new EdgeLabError('interrupted'))
    await queue
    await runtime.close()
  }
  try {
    const systems = openTaskSystems(options, { runtime, drivers: await startDrivers(runtime) }, signal)
    await systems.refresh()
    const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
      const result = queue.then(work)
      queue = result.catch(() => undefined)
      return result
    }
    return {
      request: (lines, roles) => inTurn(() => requestThrough(systems, lines, roles)),
      attempt: (request, roles) =>
        inTurn(async () => redact(await attemptThrough(systems, request, roles, signal), systems.secrets())),
      judge: (checks, facts) =>
        inTurn(async () => {
          const verdicts: CheckVerdict[] = []
          const tools = checkTools(systems, facts, { ...options, signal })
          for (const check of checks) verdicts.push(await judgeCheck(check, tools, signal))
          return redact(verdicts, systems.secrets())
        }),
      refresh: () => inTurn(systems.refresh),
      close,
    }
  } catch (error) {
    await close()
    throw options.signal.aborted ? new EdgeLabError('interrupted') : error
  }
}

async function requestThrough(
  systems: TaskSystems,
  lines: readonly RequestLine[],
  roles: readonly Name[],
): Promise<Readonly<Record<Name, RoleObservation>>> {
  const seen: [Name, RoleObservation][] = []
  for (const role of roles) seen.push([role, await observeRole(systems, role, lines)])
  return redact(Object.fromEntries(seen), systems.secrets())
}
