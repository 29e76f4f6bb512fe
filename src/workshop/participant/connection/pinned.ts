/** Connections to whoever has the certificate that a join code stands for, and to nobody else. */
import type { TLSSocket } from 'node:tls'
import { Agent, buildConnector } from 'undici'
import { EdgeLabError } from '../../../errors.ts'
import { isCodeOf } from '../../protocol/join-code.ts'

const connectMs = 5000

/**
 * Fails with EdgeLabError `foreignHost` where another certificate is shown: that is looked at when the handshake is done,
 * before the first byte of a request.
 */
export function pinnedConnector(code: string): buildConnector.connector {
  const connect = buildConnector({
    // No authority and no name vouch for the host: the code does, for this one certificate.
    rejectUnauthorized: false,
    // A resumed session shows no certificate.
    maxCachedSessions: 0,
    allowH2: false,
    timeout: connectMs,
  })
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) return callback(error, null)
      const { raw } = (socket as TLSSocket).getPeerCertificate()
      if (raw && isCodeOf(code, raw)) return callback(null, socket)
      socket.destroy()
      callback(new EdgeLabError('foreignHost', { address: `${options.hostname}:${options.port}`, code }), null)
    })
}

/** For requests over such connections. Streams may be silent: whoever reads one has a patience of their own. */
export function pinnedAgent(code: string): Agent {
  return new Agent({ headersTimeout: 10_000, bodyTimeout: 0, connect: pinnedConnector(code) })
}

/** Resolves where the host of the code answers; nothing is sent. `url` is `https://host:port`. */
export function reachHost(url: string, code: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    pinnedConnector(code)({ hostname: host, host, port, protocol }, (error, socket) => {
      socket?.destroy()
      if (error) reject(error)
      else resolve()
    })
  })
}
