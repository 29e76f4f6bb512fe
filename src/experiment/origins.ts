/** The origins of one scenario: started once, asked and reset through the driver at the back. */
import { randomBytes } from 'node:crypto'
import { EdgeLabError } from '../errors.ts'
import { originFiles, originLaunch } from '../origin/launch.ts'
import { type OriginBehaviour, type OriginCounts, originControl } from '../origin/spec.ts'
import type { Running, Runtime } from '../runtime/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Address } from '../systems/system.ts'
import type { DriverClient } from '../traffic/driver-client.ts'

export interface Origins {
  readonly running: readonly Running[]
  /** As the systems reach them, by origin name. */
  readonly addresses: Readonly<Record<string, readonly Address[]>>
  counts(): Promise<readonly OriginCounts[]>
  reset(): Promise<void>
  /** All instances, or the one with this name (`origin/1`). */
  behave(behaviour: OriginBehaviour, only?: string): Promise<void>
  stop(): Promise<void>
}

interface OriginInstance {
  readonly name: string
  /** From 1. */
  readonly instance: number
}

/**
 * `driver`: one that reaches the origins. `from`: where the first instance listens, the others on the ports after
 * it, in the order of the scenario. Throws EdgeLabError where one does not start.
 */
export async function startOrigins(
  runtime: Runtime,
  driver: Pick<DriverClient, 'exchange'>,
  scenario: Scenario,
  seed: number,
  from?: Address,
): Promise<Origins> {
  const token = randomBytes(24).toString('hex')
  const wanted = instancesOf(scenario)
  const running = await Promise.all(
    wanted.map(async ({ name, instance }, index) => {
      const { routes } = scenario.origins[name]!
      const at = from && { ...from, port: from.port + index }
      const place = await runtime.reserve(`origin-${scenario.id}-${name}-${instance}`, at)
      const files = originFiles({ name, instance, seed, listen: place.listen, token, routes })
      return runtime.start({
        place,
        role: 'origin',
        side: 'back',
        launch: originLaunch,
        files,
        published: false,
      })
    }),
  )
  const control = async (method: string, path: string, body?: string, only?: string): Promise<readonly string[]> => {
    const headers = [['authorization', `Bearer ${token}`] as const, ['content-type', 'application/json'] as const]
    const request = { method, path, headers, ...(body === undefined ? {} : { body }) }
    const chosen = running.filter(
      (_, at) => only === undefined || only === `${wanted[at]!.name}/${wanted[at]!.instance}`,
    )
    return Promise.all(
      chosen.map(async ({ place }) => {
        const { exchanges } = await driver.exchange({
          target: place.address,
          together: false,
          timeoutMs: 5000,
          requests: [request],
        })
        const [exchange] = exchanges
        if (!exchange || exchange.status < 200 || exchange.status > 299) {
          throw new EdgeLabError('driverFailed', {
            why: `${place.name} answered ${exchange?.status || 'nothing'} to ${path}`,
          })
        }
        return exchange.body
      }),
    )
  }
  const addresses = Object.fromEntries(
    Object.keys(scenario.origins).map((origin) => [
      origin,
      running.flatMap(({ place }, index) => (wanted[index]?.name === origin ? [place.address] : [])),
    ]),
  )
  return {
    running,
    addresses,
    counts: async () => (await control('GET', originControl.counts)).map((text) => JSON.parse(text) as OriginCounts),
    reset: async () => void (await control('POST', originControl.reset)),
    behave: async (behaviour, only) =>
      void (await control('POST', originControl.behaviour, JSON.stringify(behaviour), only)),
    stop: async () => void (await Promise.all(running.map((part) => part.stop()))),
  }
}

/** Every instance of every origin, in the order in which they are given ports. */
export function instancesOf({ origins }: Pick<Scenario, 'origins'>): readonly OriginInstance[] {
  return Object.entries(origins).flatMap(([name, { instances }]) =>
    Array.from({ length: instances }, (_, index) => ({ name, instance: index + 1 })),
  )
}
