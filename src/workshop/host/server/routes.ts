/** What a host answers, once the gate has let a request in. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { inspect, mistakeLine } from '../../../mistakes/inspect.ts'
import { version } from '../../../package-root.ts'
import {
  type HostChange,
  hostChangeSchema,
  type JoinAnswer,
  joinRequestSchema,
  type ReportsAnswer,
  reportsRequestSchema,
} from '../../protocol/messages.ts'
import { stepKey } from '../../room/apply.ts'
import type { Entry } from '../../room/entry.ts'
import { type Ledger, seqsOf } from '../ledger.ts'
import type { Attempts } from '../limits/attempts.ts'
import { limits } from '../limits/limits.ts'
import { hashOf, isPasscode, newToken } from '../secrets.ts'
import type { OrderStreams } from './order-streams.ts'
import { addressOf, RefusedRequest } from './refuse.ts'

export interface Desk {
  readonly ledger: Ledger
  readonly passcode: string
  readonly attempts: Attempts
  readonly streams: OrderStreams
  /** On disk and on its way to everybody when it resolves. Rejects with the system's error. */
  order(change: HostChange): Promise<void>
}

export function addRoutes(app: FastifyInstance, desk: Desk): void {
  const join = { config: { caller: 'newcomer' }, bodyLimit: limits.joinBody } as const
  app.post('/v1/join', join, (request) => joined(desk, request))
  app.post('/v1/reports', { config: { caller: 'participant' } }, (request) => reported(desk, request))
  app.get('/v1/orders', { config: { caller: 'participant' } }, (request, reply) => {
    holdPresent(desk, request.participant)
    desk.streams.open(request.participant, reply.hijack().raw)
  })
  app.post('/v1/host/orders', { config: { caller: 'host' } }, async (request, reply) => {
    await orDiskFailed(desk.order(bodyOf(hostChangeSchema, request)))
    return reply.code(204).send()
  })
}

async function joined({ ledger, passcode, attempts }: Desk, request: FastifyRequest): Promise<JoinAnswer> {
  const { passcode: typed, ...person } = bodyOf(joinRequestSchema, request)
  const from = addressOf(request.ip)
  // Again: the passcodes of others from this address may have been wrong while this body was on its way.
  const lockedMs = attempts.waitOf(from, Date.now())
  if (lockedMs > 0) throw new RefusedRequest('passcode locked', { waitMs: lockedMs })
  if (!isPasscode(typed, passcode)) {
    throw new RefusedRequest('wrong passcode', { waitMs: attempts.wrong(from, Date.now()) })
  }
  attempts.right(from)
  // Behind it in the journal, whoever joins again would be in the room once more.
  await ledger.removalSettled(person.participant)
  holdPresent({ ledger }, person.participant)
  const { participants, orders: now } = ledger.room.now()
  if (now.isOver) throw new RefusedRequest('workshop is over')
  const isKnown = participants.some(({ id }) => id === person.participant)
  if (!isKnown && participants.length >= limits.participants) {
    throw new RefusedRequest('room is full', { why: `There are ${limits.participants} participants.`, waitMs: 60_000 })
  }
  const token = newToken()
  await keep(ledger, { kind: 'joined', at: new Date().toISOString(), ...person, tokenHash: hashOf(token) })
  const { workshop, orders } = ledger.room.now()
  return { token, version, workshop: { id: workshop.id, title: workshop.title, labs: workshop.labs }, orders }
}

/** Whoever was removed while their request was on its way. */
function holdPresent({ ledger }: Pick<Desk, 'ledger'>, participant: string): void {
  if (ledger.credentials.isRemoved(participant)) throw new RefusedRequest('removed')
}

async function reported({ ledger }: Desk, request: FastifyRequest): Promise<ReportsAnswer> {
  const { reports } = bodyOf(reportsRequestSchema, request)
  const { participant } = request
  holdPresent({ ledger }, participant)
  const room = ledger.room.now()
  if (room.orders.isOver) throw new RefusedRequest('workshop is over')
  const kept = seqsOf(room, participant)
  const fresh = reports.filter((report) => report.seq > (kept.get(stepKey(report)) ?? 0))
  const steps = new Set([...kept.keys(), ...fresh.map(stepKey)])
  if (steps.size > limits.steps || ledger.reportedBy(participant) > limits.reported) {
    throw new RefusedRequest('too much reported')
  }
  if (fresh.length > 0) {
    await keep(ledger, { kind: 'reported', at: new Date().toISOString(), participant, reports: fresh })
  }
  return { kept: reports.map(({ seq }) => seq) }
}

function keep(ledger: Ledger, entry: Entry): Promise<void> {
  return orDiskFailed(ledger.keep(entry))
}

async function orDiskFailed(kept: Promise<void>): Promise<void> {
  await kept.catch(() => {
    throw new RefusedRequest('disk failed', { why: 'The host could not write it down.', waitMs: 5000 })
  })
}

/** What the answer says about a message that is none, in characters. */
const longestWhy = 300

function bodyOf<Schema extends z.ZodType>(schema: Schema, { body }: FastifyRequest): z.output<Schema> {
  const read = inspect(schema, body)
  if (!read.mistakes) return read.data
  const why = read.mistakes.map((mistake) => mistakeLine(mistake, 'the message')).join('; ')
  throw new RefusedRequest('bad message', { why: why.slice(0, longestWhy) })
}
