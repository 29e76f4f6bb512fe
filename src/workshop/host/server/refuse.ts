/** How a request is refused: its reason goes to whoever sent it, and with the address into the log. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type RefusalReason, type Refused, refusals } from '../../protocol/refused.ts'
import { limits } from '../limits/limits.ts'
import type { RefusalLog } from '../refusal-log.ts'

/** Thrown by hooks and handlers. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'
  readonly reason: RefusalReason
  /** A sentence for people; empty where the reason says it all. */
  readonly why: string
  /** When the same may be sent again, in milliseconds. */
  readonly waitMs: number

  constructor(reason: RefusalReason, { why = '', waitMs = 1000 }: { why?: string; waitMs?: number } = {}) {
    super(reason)
    this.reason = reason
    this.why = why
    this.waitMs = waitMs
  }
}

/** Of a client, for bucket and log: an IPv4 address that came over an IPv6 socket is written as IPv4. */
export function addressOf(remoteAddress: string | undefined): string {
  return remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? 'unknown'
}

/** What fastify finds wrong by itself, in the host's own terms. */
const reasons: Readonly<Record<string, RefusalReason>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body too large',
  FST_ERR_BAD_URL: 'unknown path',
}

function refusalOf(error: FastifyError | RefusedRequest): RefusedRequest {
  if (error instanceof RefusedRequest) return error
  const reason = reasons[error.code]
  if (reason) return new RefusedRequest(reason)
  if ((error.statusCode ?? 500) < 500) return new RefusedRequest('bad message', { why: 'The body should be JSON.' })
  return new RefusedRequest('host failed')
}

/** `defect` is told what nobody foresaw: the client learns only that the host failed. */
export function answerRefusals(log: RefusalLog, defect: (error: unknown) => void) {
  return (error: FastifyError | RefusedRequest, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { reason, why, waitMs } = refusalOf(error)
    const { status, again } = refusals[reason]
    if (reason === 'host failed') defect(error)
    log.add(addressOf(request.ip), reason)
    if (again) void reply.header('retry-after', Math.max(1, Math.ceil(waitMs / 1000)))
    // Node reads what is left of a body before it reads the next request: worth it for a little, not for 100 MB.
    if (!request.raw.complete && !isSmall(request)) void reply.header('connection', 'close')
    const answer: Refused = { refused: reason, why }
    return reply.code(status).send(answer)
  }
}

function isSmall({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= limits.body
}
