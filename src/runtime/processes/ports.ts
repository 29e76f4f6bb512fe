/** Ports on loopback: free ones, or a row of them from a first one on. */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { EdgeLabError } from '../../errors.ts'
import type { Address } from '../../systems/system.ts'

export const loopback = '127.0.0.1'

/** Resolves to the port that was bound, and gives it back. Rejects with the system's error. */
export function bind(port: number, host = loopback): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** Throws EdgeLabError `portInUse`. */
export async function requireFree({ host, port }: Address): Promise<void> {
  await bind(port, host).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EADDRINUSE' || cause.code === 'EACCES')
      throw new EdgeLabError('portInUse', { port, host }, { cause })
    throw cause
  })
}

/**
 * Below what Linux, macOS and Windows give to outgoing connections: a port from there could be a client's by the time
 * that a system starts on it, and systems start again for every fresh round.
 */
const lowest = 20_000
const beyond = 32_000
const attempts = 100

/**
 * Of all the labs of this process that are open: while a system starts again its port is free for a moment, and another
 * lab must not take it.
 */
const given = new Set<number>()

export interface Ports {
  /** Another one each time. Throws EdgeLabError `portInUse` where a named one is taken. */
  next(): Promise<number>
  /** Others may have them now. */
  release(): void
}

/** Free ones, or a row of them from a first one on. */
export function choosePorts(firstPort?: number): Ports {
  const ours: number[] = []
  let following = firstPort
  return {
    next: async () => {
      if (following !== undefined) {
        const port = following
        following += 1
        await requireFree({ host: loopback, port })
        return port
      }
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const port = randomInt(lowest, beyond)
        if (given.has(port)) continue
        // Given before it is bound: two askers at once get two ports.
        given.add(port)
        ours.push(port)
        if (await isFree(port)) return port
      }
      return bind(0)
    },
    release: () => {
      for (const port of ours.splice(0)) given.delete(port)
    },
  }
}

async function isFree(port: number): Promise<boolean> {
  return bind(port).then(
    () => true,
    () => false,
  )
}
