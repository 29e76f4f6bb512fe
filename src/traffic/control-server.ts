/** The driver's control API (plan.ts). One run at a time; every call but `ready` needs the token. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { closedLoop } from './closed-loop.ts'
import { exchange } from './exchange.ts'
import { openLoop } from './open-loop.ts'
import { type DriverLine, type DriverPlan, driverControl, type ExchangeBatch } from './plan.ts'
import type { Tally } from './tally.ts'

const frameMs = 250
const maxRequestBytes = 4 * 1024 * 1024

export function controlServer(token: string): Server {
  let running = false
  const digest = sha256(`Bearer ${token}`)

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === driverControl.ready) return void response.writeHead(204).end()
    // Digests have one length whatever was sent, so that the comparison takes one time.
    if (!timingSafeEqual(sha256(request.headers.authorization ?? ''), digest)) return void response.writeHead(401).end()
    if (request.method !== 'POST') return void response.writeHead(405).end()
    const body: unknown = JSON.parse(await textOf(request))
    if (request.url === driverControl.exchange) {
      const exchanges = await exchange(body as ExchangeBatch)
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(exchanges))
    }
    if (request.url !== driverControl.run) return void response.writeHead(404).end()
    if (running) return void response.writeHead(409).end()
    running = true
    await run(body as DriverPlan, response).finally(() => {
      running = false
    })
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(request, response).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(400)
      response.end(error.message)
    })
  })
  // A run may be silent for as long as its requests take.
  server.requestTimeout = 0
  return server
}

async function run(plan: DriverPlan, response: ServerResponse): Promise<void> {
  const stopped = new AbortController()
  response.on('close', () => stopped.abort())
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const line = (value: DriverLine): void => void response.write(`${JSON.stringify(value)}\n`)
  let ticker: NodeJS.Timeout | undefined
  let lastFrame = (): void => undefined
  const started = (tally: Tally, inFlight: () => number): void => {
    const startedAt = performance.now()
    lastFrame = () => line({ type: 'frame', frame: tally.frame(performance.now() - startedAt, inFlight()) })
    ticker = setInterval(lastFrame, frameMs)
  }
  try {
    const result = await (plan.mode === 'open'
      ? openLoop(plan, started, stopped.signal)
      : closedLoop(plan, started, stopped.signal))
    clearInterval(ticker)
    lastFrame()
    line({ type: 'done', ...result })
  } catch (error) {
    line({ type: 'failed', why: (error as Error).message })
  } finally {
    clearInterval(ticker)
    response.end()
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxRequestBytes) throw new RangeError('the request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
