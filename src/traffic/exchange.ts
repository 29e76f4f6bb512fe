/** Single requests outside a plan: for probes and for the origins' control API. */
import { type Connection, openConnection } from './connection.ts'
import type { Exchange, ExchangeBatch, ExchangeRequest, FailureKind, Target } from './plan.ts'
import { requestHead } from './request-bytes.ts'
import { decodeHeaders, type ResponseHead } from './response-parser.ts'

/** One after another on one kept-alive connection, or all at once on connections that were opened first. */
export async function exchange({ target, together, timeoutMs, requests }: ExchangeBatch): Promise<readonly Exchange[]> {
  if (together) {
    const connections = await Promise.all(requests.map(() => established(target, timeoutMs)))
    const answers = requests.map((request, index) => ask(connections[index]!, target, request, timeoutMs))
    const exchanges = await Promise.all(answers)
    for (const connection of connections) connection.destroy('reset')
    return exchanges
  }
  const exchanges: Exchange[] = []
  let connection: Connection | undefined
  for (const request of requests) {
    if (!connection?.usable) connection = await established(target, timeoutMs)
    exchanges.push(await ask(connection, target, request, timeoutMs))
  }
  connection?.destroy('reset')
  return exchanges
}

/** Open, or failed: asking will tell. */
function established(target: Target, timeoutMs: number): Promise<Connection> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      resolve(connection)
    }
    const connection = openConnection(target, { connected: done, closed: done })
    const timer = setTimeout(done, timeoutMs)
  })
}

function ask(connection: Connection, target: Target, request: ExchangeRequest, timeoutMs: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const chunks: Buffer[] = []
    const done = (head: ResponseHead | null, failure?: FailureKind): void => {
      clearTimeout(timer)
      resolve({
        request,
        status: head?.status ?? 0,
        headers: head ? decodeHeaders(head.block) : [],
        body: Buffer.concat(chunks).toString('utf8'),
        durationMs: performance.now() - startedAt,
        ...(failure ? { failure } : {}),
      })
    }
    const timer = setTimeout(() => connection.destroy('timeout'), timeoutMs)
    if (!connection.usable) return done(null, 'refused')
    const body = request.body === undefined ? '' : request.body
    const length: readonly (readonly [string, string])[] =
      request.body === undefined
        ? []
        : [
            ['content-type', 'application/json'],
            ['content-length', String(Buffer.byteLength(body))],
          ]
    const bytes = Buffer.concat([
      Buffer.from(requestHead(request.method, request.path, target, [...request.headers, ...length]), 'latin1'),
      Buffer.from(body),
    ])
    connection.send(bytes, request.method, true, {
      body: (chunk) => chunks.push(chunk),
      answered: (head) => done(head),
      failed: (kind) => done(null, kind),
    })
  })
}
