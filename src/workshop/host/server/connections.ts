/**
 * Connections, bounded before anything is read from them: how fast an address opens them, how many it holds over which
 * no valid token came, how many a participant holds, and all together.
 */
import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import type { RefusalReason } from '../../protocol/refused.ts'
import { buckets } from '../limits/buckets.ts'
import { limits } from '../limits/limits.ts'
import { addressOf } from './refuse.ts'

export interface Connections {
  /** A valid token came over it. False where its owner has enough connections already. */
  claim(socket: Socket, owner: string): boolean
}

export function boundConnections(server: Server, refused: (from: string, reason: RefusalReason) => void): Connections {
  const opened = buckets(limits.connectionsOpened)
  const strangers = tally()
  const claimed = tally()
  /** By the client's address and port, which the connection and the TLS upon it have in common. */
  const strange = new Map<string, string>()
  const owners = new WeakMap<Socket, string>()
  const isStrangeNoMore = (peer: string): void => {
    const address = strange.get(peer)
    if (address === undefined) return
    strange.delete(peer)
    strangers.remove(address)
  }

  server.maxConnections = limits.connections
  server.on('drop', (dropped) => refused(addressOf(dropped?.remoteAddress), 'too many connections'))
  server.on('connection', (stream) => {
    // TLS could be spoken over anything; this server listens for TCP alone.
    const socket = stream as Socket
    const address = addressOf(socket.remoteAddress)
    if (opened.take(address, Date.now()) > 0 || strangers.of(address) >= limits.strangers) {
      refused(address, 'too many connections')
      return socket.destroy()
    }
    const peer = peerOf(socket)
    strange.set(peer, address)
    strangers.add(address)
    return socket.once('close', () => isStrangeNoMore(peer))
  })
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const address = addressOf(socket.remoteAddress)
    if (error.code === 'ERR_TLS_HANDSHAKE_TIMEOUT') refused(address, 'too slow')
    // Who goes away in the middle was not refused.
    else if (error.code?.startsWith('ERR_SSL_')) refused(address, 'not HTTPS')
  })

  return {
    claim: (socket, owner) => {
      if (owners.get(socket) === owner) return true
      if (claimed.of(owner) >= limits.connectionsOfParticipant) return false
      isStrangeNoMore(peerOf(socket))
      owners.set(socket, owner)
      claimed.add(owner)
      socket.once('close', () => claimed.remove(owner))
      return true
    },
  }
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function tally(): { of(key: string): number; add(key: string): void; remove(key: string): void } {
  const counts = new Map<string, number>()
  const of = (key: string): number => counts.get(key) ?? 0
  return {
    of,
    add: (key) => void counts.set(key, of(key) + 1),
    remove: (key) => void (of(key) > 1 ? counts.set(key, of(key) - 1) : counts.delete(key)),
  }
}
