/** The running systems of a task: origins and roles from the learner's files, restarted where those change. */

import { setTimeout as delay } from 'node:timers/promises'
import { EdgeLabError } from '../../errors.ts'
import { openSenders } from '../../experiment/client-addresses.ts'
import { requireDescriptors } from '../../experiment/descriptors.ts'
import type { Drivers } from '../../experiment/drivers.ts'
import { type Origins, startOrigins } from '../../experiment/origins.ts'
import type { Answer, Exchange } from '../../http/answer.ts'
import type { HeaderList } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'
import type { Secret } from '../../policy/features/feature.ts'
import type { Name } from '../../policy/policy.ts'
import type { Runtime } from '../../runtime/topology.ts'
import { makeKey } from '../../scenario/keys.ts'
import { type AsSent, asClient, clientHeaders } from '../../scenario/requests/client-requests.ts'
import { scenarioSecrets } from '../../scenario/requests/secrets.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { Address } from '../../systems/system.ts'
import type { DriverClient } from '../../traffic/driver-client.ts'
import { badInput } from '../../yaml-file.ts'
import { type Mistake, mistakeOfProblems } from '../checks/file-mistake.ts'
import type { Lab } from '../file/lab.ts'
import type { RequestLine } from '../file/request-line.ts'
import type { SeenByOrigin } from '../progress/observation.ts'
import { originOf, type Seen } from '../progress/observed-answers.ts'
import type { Cast } from './cast.ts'
import { type AssignedRole, assignedRole, type RoleFiles, type RoleState, readRoleFiles, startRole } from './role.ts'
import { readLabScenario } from './scenario-file.ts'

/** A request that has no answer after this time counts as unanswered. */
export const answerMs = 10_000

export interface TaskSystemsOptions {
  readonly lab: Pick<Lab, 'id' | 'roles' | 'folder'>
  readonly cast: Cast
  readonly workspace: string
  /** Below the workspace. */
  readonly scenario: string
  /** Which roles are started; `direct` is always there. */
  readonly roles: readonly Name[]
  readonly seed: number
}

export interface TaskSystems {
  /** Reads the learner's files and restarts what they change. */
  refresh(): Promise<void>
  role(role: Name): AssignedRole
  state(role: Name): RoleState
  /**
   * Sends the requests through a role that was started anew, with the origins' counts at zero. Throws EdgeLabError
   * where the role is not up, `badInput` where the scenario no longer has one of the clients.
   */
  ask(role: Name, lines: readonly RequestLine[]): Promise<Seen>
  /** What the origins themselves answer. */
  reference(line: RequestLine): Promise<Answer>
  /** As `ask`, where the caller sends traffic of its own in the name of these clients. */
  freshTarget(role: Name, clients: readonly Name[]): Promise<FreshTarget>
  /** As `freshTarget`, of a role as it is: with what earlier requests left in its caches and limits. */
  usedTarget(role: Name, clients: readonly Name[]): Promise<FreshTarget>
  /** What the origins saw since a target was last given out. */
  seen(): Promise<SeenByOrigin>
  /** What must not be shown. */
  secrets(): readonly Secret[]
}

export interface FreshTarget {
  readonly target: Address
  /** Who reaches it, and the driver there. */
  readonly side: keyof Drivers
  readonly driver: DriverClient
  /** A request as its client sends it. */
  readonly asSent: AsSent
  /** At most this many connections of the driver. */
  readonly connections: number
}

interface TrackedRole {
  readonly assigned: AssignedRole
  state: RoleState
  /** Of what it was started from: another one means a restart. */
  fingerprint: string
  /** How often it was started in a new place. */
  generation: number
  /** Requests were sent through it, so its cache and rate limits are no longer empty. */
  used: boolean
}

interface StartedOrigins {
  readonly scenario: Scenario
  readonly origins: Origins
  /** Of the scenario's origins, to tell whether they changed. */
  readonly fingerprint: string
}

export function openTaskSystems(
  { lab, cast, workspace, scenario: file, roles, seed }: TaskSystemsOptions,
  { runtime, drivers }: { readonly runtime: Runtime; readonly drivers: Drivers },
  signal: AbortSignal,
): TaskSystems {
  const senderOf = openSenders(runtime, drivers)
  const tracked = new Map<Name, TrackedRole>()
  for (const role of [...roles, 'direct']) {
    const state: RoleState = { state: 'down', why: 'it was not started yet' }
    tracked.set(role, { assigned: assignedRole(lab, cast, role), state, fingerprint: '', generation: 0, used: false })
  }
  const keys = new Map<string, string>()
  let started: StartedOrigins | undefined
  let mistake: Mistake | undefined

  /** A consumer keeps its key while the task is open: a new one would restart everything at every save. */
  function keyOf(consumer: string): string {
    const key = keys.get(consumer) ?? makeKey(consumer)
    keys.set(consumer, key)
    return key
  }

  async function refresh(): Promise<void> {
    let scenario: Scenario
    try {
      scenario = await readLabScenario(workspace, file, keyOf)
      mistake = undefined
    } catch (error) {
      if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
      mistake = mistakeOfProblems(error.problems)
      return
    }
    const now = { ...(await originsFor(scenario)), scenario }
    started = now
    await Promise.all([...tracked.values()].map((each) => update(each, now)))
  }

  /** Origins are restarted only where the scenario describes them differently. */
  async function originsFor(scenario: Scenario): Promise<StartedOrigins> {
    const fingerprint = JSON.stringify([scenario.id, scenario.origins])
    if (started?.fingerprint === fingerprint) return started
    requireDescriptors(cast.runtime, [scenario], roles.length)
    await started?.origins.stop()
    return { scenario, fingerprint, origins: await startOrigins(runtime, drivers.back, scenario, seed) }
  }

  async function update(each: TrackedRole, now: StartedOrigins): Promise<void> {
    const files = await readRoleFiles(each.assigned, workspace, now.scenario)
    const fingerprint = JSON.stringify([now.fingerprint, now.scenario.policy, files])
    if (each.fingerprint === fingerprint && each.state.state !== 'down') return
    await restart(each, now, files)
    each.fingerprint = fingerprint
  }

  async function restart(each: TrackedRole, now: StartedOrigins, files: RoleFiles): Promise<void> {
    const { state: before } = each
    // Should the start throw, no request goes to a system that has ended.
    each.state = { state: 'down', why: 'it was stopped and could not be started again' }
    if (before.state !== 'up') each.generation += 1
    each.used = false
    const { generation } = each
    each.state = await startRole({ runtime, ...now }, each.assigned, files, { before, generation }, signal)
  }

  function trackedRole(role: Name): TrackedRole {
    const found = tracked.get(role)
    if (!found) throw new EdgeLabError('startFailed', { name: role, why: 'it is no role of this task' })
    return found
  }

  async function freshTarget(role: Name, clients: readonly Name[]): Promise<FreshTarget> {
    signal.throwIfAborted()
    const each = trackedRole(role)
    if (!started) throw notUp(role)
    // Before anything is started anew: a client that is gone is a mistake in the file.
    senders(started.scenario, clients)
    if (each.used && each.state.state === 'up' && each.state.running) {
      await restart(each, started, await readRoleFiles(each.assigned, workspace, started.scenario))
    }
    return usedTarget(role, clients)
  }

  async function usedTarget(role: Name, clients: readonly Name[]): Promise<FreshTarget> {
    signal.throwIfAborted()
    const each = trackedRole(role)
    if (!started) throw notUp(role)
    const asSent = senders(started.scenario, clients)
    if (each.state.state !== 'up') throw notUp(role)
    each.used = true
    await started.origins.reset()
    const { target } = each.state.prepared
    const { side } = each.state.prepared
    return { target, side, driver: drivers[side], asSent, connections: started.scenario.connections }
  }

  function notUp(role: Name): EdgeLabError {
    const state = stateOf(role)
    const why = state.state === 'mistake' ? state.mistake.difference : state.state === 'down' ? state.why : ''
    return new EdgeLabError('startFailed', { name: trackedRole(role).assigned.label, why })
  }

  function stateOf(role: Name): RoleState {
    return mistake ? { state: 'mistake', mistake } : trackedRole(role).state
  }

  function senders(scenario: Scenario, clients: readonly Name[]): AsSent {
    const headersOf = (client: Name): HeaderList | undefined => clientHeaders(scenario, client)
    const problems = clients
      .filter((client) => headersOf(client) === undefined)
      .map((client) => ({
        file,
        path: 'clients',
        message: `there is no client “${client}” any more: it is who asks here`,
      }))
    if (problems.length > 0) throw badInput(file, problems)
    return (line) => asClient(line, headersOf(line.client) ?? [])
  }

  return {
    refresh,
    freshTarget,
    usedTarget,
    seen: async () => originOf(await started!.origins.counts()),
    role: (role) => trackedRole(role).assigned,
    state: stateOf,
    secrets: () => (started ? scenarioSecrets(started.scenario) : []),
    ask: async (role, lines) => {
      const { target, side, asSent } = await freshTarget(
        role,
        lines.map(({ client }) => client),
      )
      const answers = new Map<Name, Answer[]>()
      const from: string[] = []
      let aside = ''
      for (const line of lines) {
        if (line.afterMs > 0) await delay(line.afterMs, undefined, { signal })
        const requests = Array.from({ length: line.times }, () => requestOf(asSent(line)))
        const sender = await senderOf(side, line.from ?? 1)
        const { localAddress } = sender
        const batch = { target, together: line.together, timeoutMs: answerMs, requests }
        const sent = await sender.driver.exchange({ ...batch, ...(localAddress ? { localAddress } : {}) }, signal)
        from.push(sent.from)
        aside ||= sender.aside
        answers.set(line.as, [...(answers.get(line.as) ?? []), ...sent.exchanges.map(answerOf)])
      }
      return { answers: Object.fromEntries(answers), origin: originOf(await started!.origins.counts()), from, aside }
    },
    reference: async (line) => {
      if (!started) throw notUp('direct')
      const requests = [requestOf(senders(started.scenario, [line.client])(line))]
      const instances = Object.values(started.origins.addresses).flatMap((all) => all.slice(0, 1))
      const sent = await Promise.all(
        instances.map((target) =>
          drivers.back.exchange({ target, together: false, timeoutMs: answerMs, requests }, signal),
        ),
      )
      // The origin that has the path answers 200, the others 404.
      const all = sent.flatMap(({ exchanges }) => exchanges)
      return answerOf(all.find(({ status }) => status === 200) ?? all[0]!)
    },
  }
}

function requestOf({ method, path, headers, body }: RequestLine): Request {
  return { method, path, headers, ...(body === undefined ? {} : { body }) }
}

/** What was asked is known from the line. */
export function answerOf({ request: _, ...answer }: Exchange): Answer {
  return answer
}
