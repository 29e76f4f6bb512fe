/**
 * What a task is done on: runtime, drivers, origins and the systems of its roles, standing while it is shown. After an
 * edit only what changed is started again. One thing happens at a time, in the order in which it was asked for.
 */
import { randomBytes } from 'node:crypto'
import { EdgeLabError } from '../../errors.ts'
import { startDrivers } from '../../experiment/drivers.ts'
import { redact } from '../../measurement/redact.ts'
import type { Name } from '../../policy/policy.ts'
import { openRuntime } from '../../runtime/open.ts'
import { judgeCheck } from '../checks/index.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Lab, RequestLine, TaskCheck } from '../file/lab.ts'
import type { Facts } from '../progress/facts.ts'
import type { RoleObservation } from '../progress/observation.ts'
import type { Cast } from '../session/session.ts'
import { observeRole } from './observe-role.ts'
import { openScene, type Scene } from './task-environment-parts.ts'

export interface TaskEnvironmentOptions {
  readonly lab: Pick<Lab, 'id' | 'roles' | 'folder'>
  readonly cast: Cast
  readonly workspace: string
  /** Below the workspace. */
  readonly scenario: string
  /** Who is started; `direct` is always there. */
  readonly roles: readonly Name[]
  readonly seed: number
  readonly signal: AbortSignal
  /** Carries out steady traffic when it may: side by side, two such checks would be late. Absent: at once. */
  readonly steady?: <Result>(act: () => Promise<Result>) => Promise<Result>
}

export interface TaskEnvironment {
  /** The same requests through each role in turn, each from a fresh start with the origins' counts at nothing. */
  request(lines: readonly RequestLine[], roles: readonly Name[]): Promise<Readonly<Record<Name, RoleObservation>>>
  /** One verdict for each check, in order. What could not be judged is unknown; nothing is thrown for it. */
  judge(checks: readonly TaskCheck[], facts: Facts): Promise<readonly CheckVerdict[]>
  /** Files were edited: reads them again and restarts what changed. */
  refresh(): Promise<void>
  /** Ends what goes on. May be called twice. */
  close(): Promise<void>
}

/**
 * Throws EdgeLabError where nothing can stand at all. Mistakes in the learner's files are none: they make the checks wrong,
 * and a later refresh may find them corrected.
 */
export async function openTaskEnvironment(options: TaskEnvironmentOptions): Promise<TaskEnvironment> {
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])
  const runId = `lab-${options.lab.id}-${randomBytes(3).toString('hex')}`
  const runtime = await openRuntime(options.cast.runtime, { runId, signal })
  let turn: Promise<unknown> = Promise.resolve()
  const close = async (): Promise<void> => {
    closing.abort(new EdgeLabError('interrupted'))
    await turn
    await runtime.close()
  }
  try {
    const scene = openScene(options, { runtime, drivers: await startDrivers(runtime) }, signal)
    await scene.refresh()
    const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
      const result = turn.then(work)
      turn = result.catch(() => undefined)
      return result
    }
    return {
      request: (lines, roles) => inTurn(() => requestThrough(scene, lines, roles)),
      judge: (checks, facts) =>
        inTurn(async () => {
          const verdicts: CheckVerdict[] = []
          for (const check of checks) verdicts.push(await judgeCheck(check, scene, facts, { ...options, signal }))
          return redact(verdicts, scene.secrets())
        }),
      refresh: () => inTurn(scene.refresh),
      close,
    }
  } catch (error) {
    await close()
    throw options.signal.aborted ? new EdgeLabError('interrupted') : error
  }
}

async function requestThrough(
  scene: Scene,
  lines: readonly RequestLine[],
  roles: readonly Name[],
): Promise<Readonly<Record<Name, RoleObservation>>> {
  const seen: [Name, RoleObservation][] = []
  for (const role of roles) seen.push([role, await observeRole(scene, role, lines)])
  return redact(Object.fromEntries(seen), scene.secrets())
}
