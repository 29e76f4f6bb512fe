/** Where a host can be reached. */
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { bind } from '../../runtime/processes/ports.ts'

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
  return bind(wanted, listen).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return bind(0, listen)
  })
}
