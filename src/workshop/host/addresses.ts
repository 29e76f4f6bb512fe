/** Where a host can be reached. */
import { createServer } from 'node:net'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'

/** EdgeLab's own; no service is registered for it. */
export const usualPort = 7443

/** What others in the network type to reach a host that listens on this address. Loopback where there is nothing else. */
export function addressesOf(
  listen: string,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): readonly string[] {
  if (listen !== '0.0.0.0' && listen !== '::') return [listen]
  const found = Object.values(interfaces).flatMap((addresses) => addresses ?? [])
  const outside = found.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)
  return outside.length > 0 ? outside : ['127.0.0.1']
}

/** `192.168.1.7:7443`, `[fe80::1]:7443` */
export function atPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** How this machine itself reaches what listens there. */
export function fromHere(listen: string, port: number): string {
  const loopback: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
  return atPort(loopback[listen] ?? listen, port)
}

/** The wanted port where it is free on this address, else one that is. Rejects with the system's error. */
export async function freePort(listen: string, wanted: number): Promise<number> {
  return listenOnce(listen, wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return listenOnce(listen, 0)
  })
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
