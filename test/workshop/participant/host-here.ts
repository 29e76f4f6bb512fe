/** A real host on loopback, and what stands in its place or in its way. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { freePort } from '../../../src/workshop/host/addresses.ts'
import { startHost } from '../../../src/workshop/host/start-host.ts'
import { makeCertificate } from '../../../src/workshop/host/state/certificate.ts'
import { newestWorkshop } from '../../../src/workshop/host/state/workshop-folder.ts'
import type { Host } from '../../../src/workshop/room/room.ts'

export interface HostHere extends Host {
  readonly address: string
  readonly code: string
  readonly port: number
}

/** In the home that EDGELAB_HOME names; goes on with the workshop that is there. */
export async function hostHere(labs: readonly string[] = ['sample', 'later']): Promise<HostHere> {
  const defect = (error: unknown): void => {
    throw error
  }
  // Tests run side by side; who goes on keeps the port.
  const port = (await newestWorkshop()) ? {} : { port: await freePort('127.0.0.1', 0) }
  const host = await startHost({ listen: '127.0.0.1', title: 'Edges', labs, defect, ...port })
  const [address = '', code = ''] = host.joinLines[0]!.split(' ')
  return { ...host, address, code, port: Number(address.split(':')[1]) }
}

export interface Listener {
  readonly address: string
  /** Every byte that reached it, decrypted where it speaks TLS. */
  received(): Buffer
  close(): Promise<void>
}

/** Somebody in the host's place, with a certificate of the same form and another key. */
export async function impostor(): Promise<Listener> {
  const { certificate, key } = await makeCertificate(new Date())
  const received: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer({ cert: certificate, key }, (socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => received.push(bytes))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return listener(server, open, received)
}

/** Somebody who speaks no TLS. */
export async function plainListener(): Promise<Listener> {
  const open = new Set<Socket>()
  const server = createPlainServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return listener(server, open, [])
}

/**
 * Between a participant and the host, with the host's own key: it passes everything on, perhaps changed, and keeps what
 * participants send.
 */
export async function recorder(
  host: HostHere,
  changed: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<Listener> {
  const cert = await readFile(join(host.folder, 'certificate.pem'))
  const key = await readFile(join(host.folder, 'key.pem'))
  const received: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer({ cert, key }, (near) => {
    const far = connect({ host: '127.0.0.1', port: host.port, rejectUnauthorized: false })
    open.add(near)
    near.on('data', (bytes) => {
      received.push(bytes)
      far.write(changed(bytes))
    })
    near.on('end', () => far.end())
    far.pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.on('close', () => far.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return listener(server, open, received)
}

function listener(
  server: ReturnType<typeof createPlainServer>,
  open: ReadonlySet<Socket>,
  received: readonly Buffer[],
): Listener {
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => Buffer.concat(received),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
