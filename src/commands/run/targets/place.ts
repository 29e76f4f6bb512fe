/** Where a target is: its URL, looked up once, so that the traffic cannot go elsewhere than what was agreed to. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'
import type { Endpoint } from '../../../systems/system.ts'

/** Loopback, private use (RFC 1918) and unique local addresses (RFC 4193). */
const near = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  near.addSubnet(network, prefix, 'ipv4')
}
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')

export interface PlaceOfTarget {
  readonly endpoint: Endpoint
  /** On this machine or in a private network. */
  readonly isNear: boolean
}

/** Of an IP address: on this machine or in a private network. */
export function isNear(address: string): boolean {
  return near.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** The place, or what is wrong with it as a clause. */
export async function placeOf(text: string): Promise<PlaceOfTarget | string> {
  const url = URL.parse(text)
  if (!url) return `“${text}” is not a URL: write http://<host>:<port>`
  if (url.protocol === 'https:') return 'targets are asked without TLS: name its http:// address'
  if (url.protocol !== 'http:') return `“${url.protocol}//” is not spoken here: write http://<host>:<port>`
  if (url.username !== '' || url.password !== '') return 'a name and password mean nothing to a target: leave them out'
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return 'a target is a host and a port: leave out what follows them, the scenario says the paths'
  }
  const port = url.port === '' ? 80 : Number(url.port)
  if (port === 0) return 'nothing can listen on port 0'
  const serverName = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const found = await lookup(serverName, { all: true, order: 'ipv4first' }).catch(() => [])
  const [first] = found
  if (!first) return `no address is known for ${serverName}`
  return {
    endpoint: { host: first.address, port, ...(first.address === serverName ? {} : { serverName }) },
    isNear: isNear(first.address),
  }
}
