/** Servers that do exactly what a test wants, down to the byte. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Target } from '../../src/traffic/plan.ts'

export interface RawServer extends AsyncDisposable {
  readonly target: Target
  /** Connections accepted so far. */
  readonly accepted: () => number
}

/** `onRequest` is called for every request without a body, with its text and how many came before on the connection. */
export async function rawServer(
  onRequest: (socket: Socket, request: string, before: number) => void,
): Promise<RawServer> {
  const open = new Set<Socket>()
  let accepted = 0
  const server = createServer((socket) => {
    accepted += 1
    open.add(socket)
    let text = ''
    let before = 0
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    socket.on('data', (data) => {
      text += data.toString('latin1')
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        onRequest(socket, text.slice(0, end), before)
        before += 1
        text = text.slice(end + 4)
      }
    })
  })
  const target = await listening(server)
  return {
    target,
    accepted: () => accepted,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export async function listening(server: Server): Promise<Target> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

/** A port on which nobody listens. */
export async function refusedTarget(): Promise<Target> {
  const server = createServer()
  const target = await listening(server)
  server.close()
  await once(server, 'close')
  return target
}

export const answer = (body: string, headers = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`
