/** The host, as a participant asks it. */

import { request as ask, type Dispatcher } from 'undici'
import { z } from 'zod'
import { EdgeLabError } from '../../../errors.ts'
import {
  type JoinAnswer,
  type JoinRequest,
  type Orders,
  ordersSchema,
  protocolHeader,
  protocolVersion,
  type ReportsAnswer,
} from '../../protocol/messages.ts'
import { isReason, type RefusalReason, refusals, refusedSchema } from '../../protocol/refused.ts'
import { nameSchema, type StepReport } from '../../protocol/step-report.ts'
import { eventsIn } from './events-in.ts'
import { pinnedAgent, reachHost } from './pinned.ts'

export interface HostClient {
  /** Resolves where the host of the code answers there; nothing is sent. */
  reach(): Promise<void>
  join(request: JoinRequest): Promise<JoinAnswer>
  /** Resolves with the numbers that are on the host's disk. */
  report(token: string, reports: readonly StepReport[]): Promise<readonly number[]>
  /** Ends where the host ends it, or says nothing for too long; rejects with Refusal where this participant is removed. */
  orders(token: string, signal: AbortSignal): AsyncIterable<Orders>
  close(): Promise<void>
}

/** The host answered, and would not. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: RefusalReason | 'unknown'
  /** Whether the same may be asked again later. */
  readonly again: boolean

  constructor(reason: RefusalReason | 'unknown', why: string) {
    super(why === '' ? reason : why)
    this.reason = reason
    this.again = reason === 'unknown' || refusals[reason].again
  }
}

/** Nobody answered, or broke off; the message says why, as a clause. */
export class Unreached extends Error {
  override readonly name = 'Unreached'
}

const joinAnswerSchema = z.object({
  token: z.string().min(1).max(200),
  version: z.string().max(40),
  workshop: z.object({
    id: z.string().min(1).max(100),
    title: z.string().max(200),
    // Names, never paths: a lab is one of this EdgeLab's own.
    labs: z.array(nameSchema).min(1).max(50),
  }),
  orders: ordersSchema,
}) satisfies z.ZodType<JoinAnswer>

const reportsAnswerSchema = z.object({ kept: z.array(z.int()).max(1000) }) satisfies z.ZodType<ReportsAnswer>

const answerMs = 15_000
/** An answer is a few hundred bytes; whoever sends more is no host. */
const longestAnswer = 64 * 1024

/**
 * `address` is `host:port`. Everything rejects with EdgeLabError `foreignHost` where somebody else answers there, and with
 * Refusal or Unreached.
 */
export function hostClient(address: string, code: string): HostClient {
  const agent = pinnedAgent(code)

  async function send(
    path: string,
    token: string | null,
    options: { readonly body?: unknown; readonly signal: AbortSignal },
  ): Promise<Dispatcher.ResponseData['body']> {
    const isStream = options.body === undefined
    const { statusCode, body } = await ask(`https://${address}${path}`, {
      dispatcher: agent,
      method: isStream ? 'GET' : 'POST',
      signal: options.signal,
      headers: {
        [protocolHeader]: String(protocolVersion),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(isStream ? { accept: 'text/event-stream' } : { 'content-type': 'application/json' }),
      },
      ...(isStream ? {} : { body: JSON.stringify(options.body) }),
    })
    if (statusCode === 200) return body
    throw refusalIn(jsonIn(await textOf(body))) ?? new Refusal('unknown', `it answered with status ${statusCode}`)
  }

  async function post<Answer>(
    path: string,
    token: string | null,
    { body, schema }: { readonly body: unknown; readonly schema: z.ZodType<Answer> },
  ): Promise<Answer> {
    return understood(async () => {
      const answer = await send(path, token, { body, signal: AbortSignal.timeout(answerMs) })
      const read = schema.safeParse(jsonIn(await textOf(answer)))
      if (!read.success) throw new Unreached('it answered something else than a host of EdgeLab does')
      return read.data
    })
  }

  return {
    reach: () => understood(() => reachHost(`https://${address}`, code)),
    join: (request) => post('/v1/join', null, { body: request, schema: joinAnswerSchema }),
    report: async (token, reports) =>
      (await post('/v1/reports', token, { body: { reports }, schema: reportsAnswerSchema })).kept,
    async *orders(token, signal) {
      const body = await understood(() => send('/v1/orders', token, { signal }))
      try {
        for await (const data of eventsIn(body)) {
          const said = jsonIn(data)
          const orders = ordersSchema.safeParse(said)
          if (orders.success) yield orders.data
          const refusal = refusalIn(said)
          if (refusal) throw refusal
        }
      } catch (error) {
        throw inWords(error)
      }
    },
    close: () => agent.destroy(),
  }
}

function refusalIn(said: unknown): Refusal | undefined {
  const { data } = refusedSchema.safeParse(said)
  if (!data) return undefined
  const { refused, why } = data
  return isReason(refused) ? new Refusal(refused, why) : new Refusal('unknown', why || refused)
}

async function understood<Result>(asking: () => Promise<Result>): Promise<Result> {
  try {
    return await asking()
  } catch (error) {
    throw inWords(error)
  }
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at this address',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  EHOSTUNREACH: 'there is no way to this address',
  ENETUNREACH: 'there is no network',
  ENOTFOUND: 'there is no machine of this name',
  EAI_AGAIN: 'names cannot be looked up',
  ETIMEDOUT: 'nobody answers',
  UND_ERR_CONNECT_TIMEOUT: 'nobody answers',
  UND_ERR_HEADERS_TIMEOUT: 'nobody answers',
  UND_ERR_SOCKET: 'the connection was broken off',
  EPROTO: 'whoever answers there does not speak HTTPS',
}

/** Every failure as EdgeLabError, Refusal or Unreached. */
export function inWords(error: unknown): Error {
  if (error instanceof EdgeLabError || error instanceof Refusal || error instanceof Unreached) return error
  const { name, code, message } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError') return new Unreached('nobody answers', { cause: error })
  const known = words[code ?? ''] ?? (code?.startsWith('ERR_SSL') ? words['EPROTO'] : undefined)
  return new Unreached(known ?? message, { cause: error })
}

async function textOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of body) {
    parts.push(part as Buffer)
    length += (part as Buffer).length
    if (length > longestAnswer) throw new Unreached('it answered more than a host of EdgeLab does')
  }
  return Buffer.concat(parts).toString('utf8')
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
