/** Ports on loopback: free ones from the kernel, or a row of them from a first one on. */
import { createServer } from 'node:net'
import { LabError } from '../errors.ts'

export const loopback = '127.0.0.1'

/** Resolves to the port that was bound, and gives it back. Rejects with the system's error. */
function bind(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host: loopback, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** Throws LabError `portInUse`. */
export async function requireFree(port: number): Promise<void> {
  await bind(port).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EADDRINUSE' || cause.code === 'EACCES')
      throw new LabError('portInUse', { port, host: loopback }, { cause })
    throw cause
  })
}

/** A function that gives another port each time. Throws LabError `portInUse` where a named one is taken. */
export function portChooser(firstPort?: number): () => Promise<number> {
  const given = new Set<number>()
  let next = firstPort
  return async () => {
    if (next !== undefined) {
      const port = next
      next += 1
      await requireFree(port)
      return port
    }
    for (;;) {
      const port = await bind(0)
      // The kernel may offer a port again that was given and is not bound yet.
      if (!given.has(port)) {
        given.add(port)
        return port
      }
    }
  }
}
