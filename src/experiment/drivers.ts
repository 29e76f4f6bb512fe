/** What a run keeps standing from first to last: the runtime, a driver at the front and one at the back. */
import { randomBytes } from 'node:crypto'
import type { Running, Runtime } from '../runtime/topology.ts'
import { connectDriver, type DriverClient } from '../traffic/driver-client.ts'
import { driverFiles, driverLaunch } from '../traffic/launch.ts'

export interface Driver {
  readonly running: Running
  readonly client: DriverClient
}

export interface Drivers {
  readonly runtime: Runtime
  /** Sends to the systems; cannot reach an origin where networks are real. */
  readonly front: Driver
  /** Sends to the origins: the `direct` baseline, the origins' control API, reference answers. */
  readonly back: Driver
}

/** Starts both drivers, each with a token of its own. Throws EdgeLabError where one does not start. */
export async function startDrivers(runtime: Runtime): Promise<Drivers> {
  const [front, back] = await Promise.all([
    startDriver(runtime, 'driver-front', 'front'),
    startDriver(runtime, 'driver-back', 'both'),
  ])
  return { runtime, front, back }
}

async function startDriver(runtime: Runtime, name: string, side: 'front' | 'both'): Promise<Driver> {
  const place = await runtime.reserve(name)
  const token = randomBytes(24).toString('hex')
  const files = driverFiles({ listen: place.listen, token })
  const running = await runtime.start({ place, role: 'driver', side, launch: driverLaunch, files, published: true })
  return { running, client: connectDriver(running.controlUrl!, token) }
}
