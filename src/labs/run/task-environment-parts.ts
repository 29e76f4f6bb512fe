/** What stands: origins and roles made from the learner's files, restarted where those change, asked from a fresh start. */

import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findingMetrics } from '../../comparison/findings/registry.ts'
import { EdgeLabError } from '../../errors.ts'
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
import { loadScenario } from '../../scenario/load.ts'
import { type AsSent, asClient, clientHeaders } from '../../scenario/requests/client-requests.ts'
import { scenarioSecrets } from '../../scenario/requests/secrets.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { type Address, systemIds } from '../../systems/system.ts'
import { readPlainText } from '../../text-file.ts'
import type { DriverClient } from '../../traffic/driver-client.ts'
import { badInput } from '../../yaml-file.ts'
import type { RequestLine } from '../file/lab.ts'
import { type Mistake, mistakeOfProblems } from './file-mistake.ts'
import { originOf, type Seen } from './observe-answers.ts'
import { type Actor, actorOf, planOf, type Standing, startRole } from './role.ts'
import type { TaskEnvironmentOptions } from './task-environment.ts'

/** No answer for so long is none. */
export const answerMs = 10_000

export interface Scene {
  /** Reads the learner's files and restarts what they change. */
  refresh(): Promise<void>
  actor(role: Name): Actor
  standing(role: Name): Standing
  /**
   * The requests through a role that has no earlier ones behind it, with the origins' counts at nothing. Throws EdgeLabError
   * where the role is not up, `badInput` where a client is gone from the scenario.
   */
  ask(role: Name, lines: readonly RequestLine[]): Promise<Seen>
  /** What the origins themselves answer. */
  reference(line: RequestLine): Promise<Answer>
  /** As `ask`, for traffic of one's own in the name of these clients. */
  fresh(role: Name, clients: readonly Name[]): Promise<Fresh>
  /** What must not be shown. */
  secrets(): readonly Secret[]
}

export interface Fresh {
  readonly target: Address
  readonly driver: DriverClient
  /** A request as its client sends it. */
  readonly asSent: AsSent
  /** Most connections of the driver. */
  readonly connections: number
}

interface Held {
  readonly actor: Actor
  standing: Standing
  /** What it was started from. */
  print: string
  generation: number
  /** Its cache and buckets are no longer as new. */
  used: boolean
}

interface Ground {
  readonly scenario: Scenario
  readonly origins: Origins
  readonly spec: string
}

export function openScene(
  { lab, cast, workspace, scenario: file, roles, seed }: TaskEnvironmentOptions,
  { runtime, drivers }: { readonly runtime: Runtime; readonly drivers: Drivers },
  signal: AbortSignal,
): Scene {
  const held = new Map<Name, Held>()
  for (const role of [...roles, 'direct']) {
    const standing: Standing = { state: 'down', why: 'it was not started yet' }
    held.set(role, { actor: actorOf(lab, cast, role), standing, print: '', generation: 0, used: false })
  }
  const keys = new Map<string, string>()
  let ground: Ground | undefined
  let mistake: Mistake | undefined

  /** One key for a consumer as long as this stands: a new one would restart everything at every save. */
  function keyOf(consumer: string): string {
    const key = keys.get(consumer) ?? makeKey(consumer)
    keys.set(consumer, key)
    return key
  }

  async function readScenario(): Promise<Scenario> {
    const text = await readPlainText(join(workspace, file)).catch((cause: Error) => {
      throw badInput(file, [{ file, path: '', message: `it cannot be read: ${cause.message}` }])
    })
    return loadScenario(text, file, { systems: systemIds, findings: findingMetrics, makeKey: keyOf })
  }

  async function refresh(): Promise<void> {
    let scenario: Scenario
    try {
      scenario = await readScenario()
      mistake = undefined
    } catch (error) {
      if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
      mistake = mistakeOfProblems(error.problems)
      return
    }
    ground = { ...(await groundFor(scenario)), scenario }
    await Promise.all([...held.values()].map((each) => update(each, ground!)))
  }

  /** The origins stay as long as the scenario's say the same. */
  async function groundFor(scenario: Scenario): Promise<Ground> {
    const spec = JSON.stringify([scenario.id, scenario.origins])
    if (ground?.spec === spec) return ground
    requireDescriptors(cast.runtime, [scenario], roles.length)
    await ground?.origins.stop()
    return { scenario, spec, origins: await startOrigins(runtime, drivers.back, scenario, seed) }
  }

  async function update(each: Held, now: Ground): Promise<void> {
    const plan = await planOf(each.actor, workspace, now.scenario)
    const print = JSON.stringify([now.spec, now.scenario.policy, plan])
    if (each.print === print && each.standing.state !== 'down') return
    await restart(each, now, plan)
    each.print = print
  }

  async function restart(each: Held, now: Ground, plan: Awaited<ReturnType<typeof planOf>>): Promise<void> {
    if (each.standing.state === 'up') await each.standing.running?.stop()
    // Should the start throw, nobody is asked who is gone.
    each.standing = { state: 'down', why: 'it was stopped and could not be started again' }
    each.generation += 1
    each.used = false
    each.standing = await startRole({ runtime, ...now }, each.actor, plan, each.generation, signal)
  }

  function holding(role: Name): Held {
    const found = held.get(role)
    if (!found) throw new EdgeLabError('startFailed', { name: role, why: 'it is no role of this task' })
    return found
  }

  async function fresh(role: Name, clients: readonly Name[]): Promise<Fresh> {
    signal.throwIfAborted()
    const each = holding(role)
    if (!ground) throw notUp(role)
    const asSent = senders(ground.scenario, clients)
    if (each.used && each.standing.state === 'up' && each.standing.running) {
      await restart(each, ground, await planOf(each.actor, workspace, ground.scenario))
    }
    if (each.standing.state !== 'up') throw notUp(role)
    each.used = true
    await ground.origins.reset()
    const { target } = each.standing.prepared
    const driver = each.standing.running ? drivers.front : drivers.back
    return { target, driver, asSent, connections: ground.scenario.connections }
  }

  function notUp(role: Name): EdgeLabError {
    const standing = standingOf(role)
    const why =
      standing.state === 'mistake' ? standing.mistake.difference : standing.state === 'down' ? standing.why : ''
    return new EdgeLabError('startFailed', { name: holding(role).actor.label, why })
  }

  function standingOf(role: Name): Standing {
    return mistake ? { state: 'mistake', mistake } : holding(role).standing
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
    fresh,
    actor: (role) => holding(role).actor,
    standing: standingOf,
    secrets: () => (ground ? scenarioSecrets(ground.scenario) : []),
    ask: async (role, lines) => {
      const { target, driver, asSent } = await fresh(
        role,
        lines.map(({ client }) => client),
      )
      const answers = new Map<Name, Answer[]>()
      let from = ''
      for (const line of lines) {
        if (line.afterMs > 0) await delay(line.afterMs, undefined, { signal })
        const requests = Array.from({ length: line.times }, () => requestOf(asSent(line)))
        const batch = { target, together: line.together, timeoutMs: answerMs, requests }
        const sent = await driver.exchange(batch, signal)
        from ||= sent.from
        answers.set(line.as, [...(answers.get(line.as) ?? []), ...sent.exchanges.map(answerOf)])
      }
      return { answers: Object.fromEntries(answers), origin: originOf(await ground!.origins.counts()), from }
    },
    reference: async (line) => {
      if (!ground) throw notUp('direct')
      const requests = [requestOf(senders(ground.scenario, [line.client])(line))]
      const instances = Object.values(ground.origins.addresses).flatMap((all) => all.slice(0, 1))
      const sent = await Promise.all(
        instances.map((target) =>
          drivers.back.exchange({ target, together: false, timeoutMs: answerMs, requests }, signal),
        ),
      )
      // Whichever origin has the path: the others answer 404.
      const all = sent.flatMap(({ exchanges }) => exchanges)
      return answerOf(all.find(({ status }) => status === 200) ?? all[0]!)
    },
  }
}

function requestOf({ method, path, headers, body }: RequestLine): Request {
  return { method, path, headers, ...(body === undefined ? {} : { body }) }
}

/** What was asked is known from the line. */
function answerOf({ request: _, ...answer }: Exchange): Answer {
  return answer
}
