/** Clients at several addresses: requests that come `from: 2` are sent from another address than all others. */
import { createServer } from 'node:net'
import type { Runtime } from '../runtime/topology.ts'
import type { DriverClient } from '../traffic/driver-client.ts'
import { type Drivers, startDriver } from './drivers.ts'

/** What sends from one address. */
export interface Sender {
  readonly driver: DriverClient
  /** Undefined: the driver's usual one. */
  readonly localAddress: string | undefined
  /** Why it is the usual address although another one was wanted; empty otherwise. */
  readonly aside: string
}

/** From the n-th address, counted from 1, on the side of the systems or of the origins. Throws EdgeLabError where a driver does not start. */
export type SenderOf = (side: keyof Drivers, n: number) => Promise<Sender>

/**
 * In containers each further address is that of one more driver, started when it is first wanted. Processes have the
 * whole of 127.0.0.0/8 where the system gives it to loopback, as Linux does; elsewhere (macOS) there is only one.
 */
export function openSenders(runtime: Runtime, drivers: Drivers): SenderOf {
  const opened = new Map<string, Promise<Sender>>()
  return (side, n) => {
    if (n === 1) return Promise.resolve({ driver: drivers[side], localAddress: undefined, aside: '' })
    const name = `driver-${side}-address-${n}`
    const known = opened.get(name)
    if (known) return known
    const sender = runtime.kind === 'containers' ? anotherDriver(name) : onLoopback(`127.0.0.${n}`, drivers[side])
    opened.set(name, sender)
    // A later judgement tries again.
    sender.catch(() => opened.delete(name))
    return sender

    async function anotherDriver(name: string): Promise<Sender> {
      const { client } = await startDriver(runtime, name, side === 'front' ? 'front' : 'both')
      return { driver: client, localAddress: undefined, aside: '' }
    }
  }
}

async function onLoopback(address: string, driver: DriverClient): Promise<Sender> {
  if (await isOurs(address)) return { driver, localAddress: address, aside: '' }
  return { driver, localAddress: undefined, aside: `this machine has no ${address}: all came from one address` }
}

/** Whether something here can be bound to it. */
function isOurs(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(0, address, () => server.close(() => resolve(true)))
  })
}
