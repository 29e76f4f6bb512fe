/** Single requests outside a plan: for probes and for the origins' control API. */
import type { Exchange } from '../../http/answer.ts'
import type { FailureKind } from '../../http/failure.ts'
import type { HeaderList } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'
import type { ExchangeBatch, Exchanged, Target } from '../plan.ts'
import { checkTarget } from '../prepare.ts'
import { type Connection, type ConnectionEvents, openConnection } from './connection.ts'
import { bytesToSend } from './request-bytes.ts'
import { decodeHeaders } from './response-head.ts'

/** Larger answers end the connection: an exchange is kept whole in memory and in the answer to the host. */
const maxBodyBytes = 16 * 1024 * 1024

/** A request under way, as its connection sees it. */
interface Asked {
  readonly chunks: Buffer[]
  headers: HeaderList
  size: number
  done(status: number, failure?: FailureKind): void
}

/**
 * One after another on one kept-alive connection, which is replaced where it was closed; or all at once, each on a
 * connection of its own that was opened before the first is sent. Throws RangeError for requests that cannot be sent.
 */
export async function exchange(
  { target, together, timeoutMs, requests, localAddress }: ExchangeBatch,
  signal: AbortSignal,
): Promise<Exchanged> {
  checkTarget(target)
  const prepared = requests.map((request) => ({ request, bytes: bytesToSend(target, request) }))
  const opened = new Set<Opened>()
  const open = async (): Promise<Opened> => {
    const fresh = openOne(target, localAddress)
    opened.add(fresh)
    await withTimer(fresh.settled, timeoutMs)
    return fresh
  }
  const stop = (): void => {
    for (const { connection } of opened) connection.destroy('reset')
  }
  signal.addEventListener('abort', stop)
  try {
    if (together) {
      const each = await Promise.all(prepared.map(open))
      const exchanges = await Promise.all(prepared.map((one, index) => ask(each[index]!, one, timeoutMs)))
      return { exchanges, from: addressOf(opened) }
    }
    const exchanges: Exchange[] = []
    let current: Opened | undefined
    for (const one of prepared) {
      if (signal.aborted) break
      if (!current?.connection.usable) current = await open()
      exchanges.push(await ask(current, one, timeoutMs))
    }
    return { exchanges, from: addressOf(opened) }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

interface Opened {
  readonly connection: Connection<Asked>
  /** Connected, or failed to. */
  readonly settled: Promise<void>
}

function openOne(target: Target, localAddress: string | undefined): Opened {
  let settle = (): void => undefined
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })
  const events: ConnectionEvents<Asked> = {
    head: (asked, _head, data, from, end) => {
      asked.headers = decodeHeaders(data, from, end)
      return true
    },
    body: (asked, data, from, end) => {
      asked.size += end - from
      if (asked.size > maxBodyBytes) connection.destroy('protocol')
      else asked.chunks.push(Buffer.from(data.subarray(from, end)))
    },
    answered: (_connection, asked, head) => asked.done(head.status),
    failed: (asked, kind) => asked.done(0, kind),
    connected: () => settle(),
    closed: () => settle(),
    unasked: () => undefined,
    spent: () => undefined,
  }
  const connection = openConnection(target, events, localAddress)
  return { connection, settled }
}

interface Prepared {
  readonly request: Request
  readonly bytes: Buffer
}

function ask({ connection }: Opened, { request, bytes }: Prepared, timeoutMs: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const asked: Asked = {
      chunks: [],
      headers: [],
      size: 0,
      done: (status, failure) => {
        clearTimeout(timer)
        const { headers, chunks } = failure ? { headers: [], chunks: [] } : asked
        const body = Buffer.concat(chunks).toString('utf8')
        const durationMs = performance.now() - startedAt
        resolve({ request, status, headers, body, durationMs, ...(failure ? { failure } : {}) })
      },
    }
    const timer = setTimeout(() => connection.destroy('timeout'), timeoutMs)
    if (connection.usable) connection.send(asked, request.method, bytes)
    else asked.done(0, connection.endedBy ?? 'reset')
  })
}

function addressOf(opened: Iterable<Opened>): string {
  for (const { connection } of opened) if (connection.from !== '') return connection.from
  return ''
}

async function withTimer(settled: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([settled, late])
  clearTimeout(timer)
}
