/** The network between one participant and the host: bytes are passed on, until it is cut. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export interface Relay {
  readonly port: number
  /** Every connection breaks, and none is taken until `mend`. */
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

/** `from` is the address that the host sees; on other systems than Linux there is one alone. */
export async function openRelay(toPort: number, from: string): Promise<Relay> {
  const open = new Set<Socket>()
  let port = 0
  const listen = async (): Promise<Server> => {
    const server = createServer((near) => {
      const localAddress = process.platform === 'linux' ? { localAddress: from } : {}
      const far = connect({ host: '127.0.0.1', port: toPort, ...localAddress })
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(one)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          open.delete(one)
          other.destroy()
        })
      }
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
    return server
  }
  let server = await listen()
  const cut = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of open) socket.destroy()
    await closed
  }
  return {
    port,
    cut,
    mend: async () => {
      server = await listen()
    },
    close: cut,
  }
}
