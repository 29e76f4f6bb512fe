/**
 * The origins of scenarios: started once, asked and reset through the driver at the back. Each is a program of its own
 * where something is measured; where systems are only proved, one program may be all of them.
 */
import { randomBytes } from 'node:crypto'
import { EdgeLabError } from '../errors.ts'
import { originFiles, originLaunch } from '../origin/launch.ts'
import { type OriginBehaviour, type OriginCounts, type OriginSpec, originControl } from '../origin/spec.ts'
import type { Place, Running, Runtime } from '../runtime/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Address } from '../systems/system.ts'
import type { DriverClient } from '../traffic/driver-client.ts'

/** What may be asked of origins, and done to them. */
export interface OriginsAsked {
  /** As the systems reach them, by origin name. */
  readonly addresses: Readonly<Record<string, readonly Address[]>>
  counts(): Promise<readonly OriginCounts[]>
  reset(): Promise<void>
  /** All instances, or the one with this name (`origin/1`). */
  behave(behaviour: OriginBehaviour, only?: string): Promise<void>
}

export interface Origins extends OriginsAsked {
  readonly running: readonly Running[]
  /** The origin of this name alone. */
  named(origin: string): OriginsAsked
  stop(): Promise<void>
}

type Driver = Pick<DriverClient, 'exchange'>

interface OriginInstance {
  readonly name: string
  /** From 1. */
  readonly instance: number
}

/** An instance that runs, with the token of its control API. */
interface InstanceThere extends OriginInstance {
  readonly address: Address
  readonly token: string
}

/**
 * `driver`: one that reaches the origins. `from`: where the first instance listens, the others on the ports after
 * it, in the order of the scenario. Throws EdgeLabError where one does not start.
 */
export async function startOrigins(
  runtime: Runtime,
  driver: Driver,
  scenario: Scenario,
  seed: number,
  from?: Address,
): Promise<Origins> {
  const token = newToken()
  const there = await Promise.all(
    instancesOf(scenario).map(async (each, index) => {
      const at = from && { ...from, port: from.port + index }
      const place = await runtime.reserve(`origin-${scenario.id}-${each.name}-${each.instance}`, at)
      const running = await startProgram(runtime, place, [specOf(scenario, each, { seed, token }, place)])
      return { running, instance: { ...each, token, address: place.address } }
    }),
  )
  const asked = (instances: readonly InstanceThere[]): OriginsAsked => askedOf(driver, scenario, instances)
  const instances = there.map(({ instance }) => instance)
  const running = there.map(({ running: each }) => each)
  return {
    ...asked(instances),
    running,
    named: (origin) => asked(instances.filter(({ name }) => name === origin)),
    stop: async () => void (await Promise.all(running.map((part) => part.stop()))),
  }
}

/** Those of several scenarios in one program; `stop` of any of them ends all. Throws EdgeLabError where it does not start. */
export async function startOriginsTogether(
  runtime: Runtime,
  driver: Driver,
  scenarios: readonly Scenario[],
  seed: number,
): Promise<readonly Origins[]> {
  const token = newToken()
  const place = await runtime.reserve('origins')
  const wanted = scenarios.flatMap((scenario) => instancesOf(scenario).map((each) => ({ scenario, ...each })))
  const places = await Promise.all(wanted.map((_, nth) => (nth === 0 ? place : runtime.alongside(place, nth))))
  const specs = wanted.map((each, at) => specOf(each.scenario, each, { seed, token }, places[at]!))
  const running = await startProgram(runtime, place, specs)
  const instances = wanted.map((each, at) => ({ ...each, token, address: places[at]!.address }))
  return scenarios.map((scenario) => {
    const own = instances.filter((each) => each.scenario === scenario)
    return {
      ...askedOf(driver, scenario, own),
      running: [running],
      named: (origin) =>
        askedOf(
          driver,
          scenario,
          own.filter(({ name }) => name === origin),
        ),
      stop: () => running.stop(),
    }
  })
}

function newToken(): string {
  return randomBytes(24).toString('hex')
}

function specOf(
  { origins }: Scenario,
  { name, instance }: OriginInstance,
  more: Pick<OriginSpec, 'seed' | 'token'>,
  { listen }: Pick<Place, 'listen'>,
): OriginSpec {
  const { routes, slow } = origins[name]!
  return { name, instance, ...more, listen, routes, ...(slow?.instance === instance ? { times: slow.times } : {}) }
}

function startProgram(runtime: Runtime, place: Place, specs: readonly OriginSpec[]): Promise<Running> {
  const files = originFiles(...specs)
  return runtime.start({ place, role: 'origin', side: 'back', launch: originLaunch, files, published: false })
}

function askedOf(driver: Driver, scenario: Scenario, instances: readonly InstanceThere[]): OriginsAsked {
  const control = async (method: string, path: string, body?: string, only?: string): Promise<readonly string[]> => {
    const chosen = instances.filter(({ name, instance }) => only === undefined || only === `${name}/${instance}`)
    return Promise.all(
      chosen.map(async ({ name, instance, address, token }) => {
        const headers = [['authorization', `Bearer ${token}`] as const, ['content-type', 'application/json'] as const]
        const request = { method, path, headers, ...(body === undefined ? {} : { body }) }
        const { exchanges } = await driver.exchange({
          target: address,
          together: false,
          timeoutMs: 5000,
          requests: [request],
        })
        const [exchange] = exchanges
        if (!exchange || exchange.status < 200 || exchange.status > 299) {
          throw new EdgeLabError('driverFailed', {
            why: `origin ${name}/${instance} of ${scenario.id} answered ${exchange?.status || 'nothing'} to ${path}`,
          })
        }
        return exchange.body
      }),
    )
  }
  const names = [...new Set(instances.map(({ name }) => name))]
  return {
    addresses: Object.fromEntries(
      names.map((origin) => [origin, instances.filter(({ name }) => name === origin).map(({ address }) => address)]),
    ),
    counts: async () => (await control('GET', originControl.counts)).map((text) => JSON.parse(text) as OriginCounts),
    reset: async () => void (await control('POST', originControl.reset)),
    behave: async (behaviour, only) =>
      void (await control('POST', originControl.behaviour, JSON.stringify(behaviour), only)),
  }
}

/** Every instance of every origin, in the order in which they are given ports. */
export function instancesOf({ origins }: Pick<Scenario, 'origins'>): readonly OriginInstance[] {
  return Object.entries(origins).flatMap(([name, { instances }]) =>
    Array.from({ length: instances }, (_, index) => ({ name, instance: index + 1 })),
  )
}
