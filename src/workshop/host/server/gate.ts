/**
 * Who may do what, decided before a body is read. Whoever has a valid token has a bucket of their own; all others of an
 * address share one.
 */
import type { FastifyRequest } from 'fastify'
import { version } from '../../../package-root.ts'
import { protocolHeader, protocolVersion } from '../../protocol/messages.ts'
import type { Credentials } from '../credentials.ts'
import type { Attempts } from '../limits/attempts.ts'
import { buckets } from '../limits/buckets.ts'
import { limits } from '../limits/limits.ts'
import type { Connections } from './connections.ts'
import { addressOf, RefusedRequest } from './refuse.ts'

/** Whom a route is for: `newcomer` has no token yet. */
export type Caller = 'newcomer' | 'participant' | 'host'

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly caller?: Caller
  }
  interface FastifyRequest {
    /** Whose token came with it; empty where the route is not for participants. */
    participant: string
  }
}

interface Gate {
  readonly credentials: Omit<Credentials, 'learn' | 'remove'>
  readonly attempts: Attempts
  readonly connections: Connections
}

/** The hook of every request, those to paths that do not exist included. Rejects with RefusedRequest. */
export function gate({ credentials, attempts, connections }: Gate): (request: FastifyRequest) => Promise<void> {
  const strangers = buckets(limits.ofStranger)
  const participants = buckets(limits.ofParticipant)

  const asStranger = (address: string): void => inTurn(strangers.take(address, Date.now()))
  const asParticipant = (request: FastifyRequest, participant: string): void => {
    inTurn(participants.take(participant, Date.now()))
    if (!connections.claim(request.raw.socket, participant)) throw new RefusedRequest('too many connections')
  }

  return async (request) => {
    const address = addressOf(request.ip)
    const { caller } = request.routeOptions.config
    // Before anything else of it is understood, or misunderstood.
    if (request.headers[protocolHeader] !== String(protocolVersion)) {
      asStranger(address)
      throw new RefusedRequest('other protocol', { why: ours })
    }
    if (caller === 'newcomer') {
      asStranger(address)
      const waitMs = attempts.waitOf(address, Date.now())
      if (waitMs > 0) throw new RefusedRequest('passcode locked', { waitMs })
      return
    }
    const token = tokenOf(request)
    const participant = token === undefined ? undefined : credentials.participantOf(token)
    if (participant !== undefined) {
      asParticipant(request, participant)
      if (caller === 'host') throw new RefusedRequest('host action by a participant')
      if (caller !== 'participant') throw new RefusedRequest('unknown path')
      request.participant = participant
      return
    }
    if (caller === 'host' && token !== undefined && credentials.isHost(token)) return
    asStranger(address)
    if (token !== undefined && credentials.wasOfRemoved(token)) throw new RefusedRequest('removed')
    if (caller === undefined) throw new RefusedRequest('unknown path')
    throw new RefusedRequest(token === undefined ? 'no token' : 'unknown token')
  }
}

const ours = `the host has EdgeLab ${version}, which speaks protocol ${protocolVersion}`

function inTurn(waitMs: number): void {
  if (waitMs > 0) throw new RefusedRequest('too many requests', { waitMs })
}

/** RFC 6750 §2.1; undefined where there is none of the length of ours. */
function tokenOf({ headers }: FastifyRequest): string | undefined {
  return /^bearer ([\w-]{43})$/i.exec(headers.authorization ?? '')?.[1]
}
