/** Parts to start in tests of the runtimes: the real origin and driver, and how to ask from inside a network. */
import { randomBytes } from 'node:crypto'
import { originFiles, originLaunch } from '../../src/origin/launch.ts'
import type { NetworkSide, Part, Running, Runtime } from '../../src/runtime/topology.ts'
import type { Address } from '../../src/systems/system.ts'
import { connectDriver, type DriverClient } from '../../src/traffic/driver-client.ts'
import { driverFiles, driverLaunch } from '../../src/traffic/launch.ts'

export const never = new AbortController().signal

export function newRunId(): string {
  return `test-${process.pid}-${randomBytes(3).toString('hex')}`
}

export async function originPart(runtime: Runtime, name: string, side: NetworkSide): Promise<Part> {
  const place = await runtime.reserve(name)
  const files = originFiles({ name, instance: 1, seed: 1, listen: place.listen, token: 'token', routes: [] })
  return { place, role: 'origin', side, launch: originLaunch, files, published: false }
}

export async function startDriver(
  runtime: Runtime,
  name: string,
  side: NetworkSide,
): Promise<{ readonly running: Running; readonly client: DriverClient }> {
  const place = await runtime.reserve(name)
  const files = driverFiles({ listen: place.listen, token: 'token' })
  const running = await runtime.start({ place, role: 'driver', side, launch: driverLaunch, files, published: true })
  return { running, client: connectDriver(running.controlUrl!, 'token') }
}

/** The status of one request that a driver sends; 0 where nothing answered. */
export async function statusFrom(client: DriverClient, target: Address, path: string): Promise<number> {
  const requests = [{ method: 'GET', path, headers: [] }]
  const { exchanges } = await client.exchange({ target, together: false, timeoutMs: 2000, requests })
  return exchanges[0]?.status ?? 0
}
