/** The drivers of a run, standing from first to last: one side reaches the systems, the other the origins. */
import { randomBytes } from 'node:crypto'
import type { Running, Runtime } from '../runtime/topology.ts'
import { connectDriver, type DriverClient } from '../traffic/driver-client.ts'
import { driverFiles, driverLaunch } from '../traffic/launch.ts'

export interface Drivers {
  /** Sends to the systems; cannot reach an origin where networks are real. */
  readonly front: DriverSide
  /** Sends to the origins: the `direct` baseline, the origins' control API, reference answers. */
  readonly back: DriverSide
}

/** What sends from one side, and the programs that do it. */
export interface DriverSide extends DriverClient {
  readonly running: readonly Running[]
}

/** Starts a driver on each side, each with a token of its own. Throws EdgeLabError where one does not start. */
export async function startDrivers(runtime: Runtime): Promise<Drivers> {
  const [front, back] = await Promise.all([
    startDriver(runtime, 'driver-front', 'front'),
    startDriver(runtime, 'driver-back', 'both'),
  ])
  return { front, back }
}

async function startDriver(runtime: Runtime, name: string, side: 'front' | 'both'): Promise<DriverSide> {
  const place = await runtime.reserve(name)
  const token = randomBytes(24).toString('hex')
  const files = driverFiles({ listen: place.listen, token })
  const running = await runtime.start({ place, role: 'driver', side, launch: driverLaunch, files, published: true })
  return { running: [running], ...connectDriver(running.controlUrl!, token) }
}
