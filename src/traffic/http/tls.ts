/** Connections over TLS: with HTTP/1.1 alone, and to nobody whose certificate does not say who it is. */
import { isIP, type TcpNetConnectOpts } from 'node:net'
import { connect, createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls'
import type { Tls } from '../../systems/system.ts'

/** As `connect` of node:net; requests may be written at once, and leave when TLS has been agreed on. */
export function connectTls(
  { trusted }: Tls,
  options: TcpNetConnectOpts & { readonly host: string; readonly port: number },
): TLSSocket {
  // An address is no name that could be asked for (RFC 6066 §3); the certificate must have it all the same.
  const servername = isIP(options.host) === 0 ? options.host : ''
  const socket = connect({ ...options, servername, ALPNProtocols: ['http/1.1'], ...contextOf(trusted) })
  return socket.setNoDelay(true)
}

/** To read all root certificates takes longer than to connect: they are read once for each list of additional ones. */
const contexts = new Map<string, SecureContext>()

function contextOf(trusted: readonly string[]): { readonly secureContext?: SecureContext } {
  if (trusted.length === 0) return {}
  const key = trusted.join()
  const known = contexts.get(key)
  if (known) return { secureContext: known }
  const secureContext = createSecureContext({ ca: [...rootCertificates, ...trusted] })
  contexts.set(key, secureContext)
  return { secureContext }
}
