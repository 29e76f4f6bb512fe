/** The drivers of a run, standing from first to last: one side reaches the systems, the other the origins. */
import { randomBytes } from 'node:crypto'
import type { NetworkSide, Running, Runtime } from '../runtime/topology.ts'
import { connectDriver } from '../traffic/driver-client.ts'
import { driverFiles, driverLaunch } from '../traffic/launch.ts'
import { type NamedDriver, type SeveralDrivers, severalDrivers } from '../traffic/shards/several-drivers.ts'

export interface Drivers {
  /** Sends to the systems; cannot reach an origin where networks are real. */
  readonly front: DriverSide
  /** Sends to the origins: the `direct` baseline, the origins' control API, reference answers. */
  readonly back: DriverSide
}

/** What sends from one side: a plan is divided among its drivers, an exchange goes through the first. */
export interface DriverSide extends SeveralDrivers {
  readonly running: readonly Running[]
}

/**
 * Starts as many drivers on each side, so that `direct` is measured as the systems are; each has a token of its own. On
 * one machine they share the core that drivers are given. Throws EdgeLabError where one does not start.
 */
export async function startDrivers(runtime: Runtime, ofEachSide = 1): Promise<Drivers> {
  const [front, back] = await Promise.all([
    startSide(runtime, 'driver-front', 'front', ofEachSide),
    startSide(runtime, 'driver-back', 'both', ofEachSide),
  ])
  return { front, back }
}

async function startSide(runtime: Runtime, name: string, side: NetworkSide, count: number): Promise<DriverSide> {
  const [first, ...more] = await Promise.all([
    startDriver(runtime, name, side),
    ...Array.from({ length: count - 1 }, (_, n) => startDriver(runtime, `${name}-${n + 2}`, side)),
  ])
  return { running: [first, ...more].map(({ running }) => running), ...severalDrivers([first, ...more]) }
}

/** One driver by itself. Throws EdgeLabError where it does not start. */
export async function startDriver(
  runtime: Runtime,
  name: string,
  side: NetworkSide,
): Promise<NamedDriver & { readonly running: Running }> {
  const place = await runtime.reserve(name)
  const token = randomBytes(24).toString('hex')
  const files = driverFiles({ listen: place.listen, token })
  const running = await runtime.start({ place, role: 'driver', side, launch: driverLaunch, files, published: true })
  return { name, running, client: connectDriver(running.controlUrl!, token) }
}
