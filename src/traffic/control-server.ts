/** The driver's control API (plan.ts). One run at a time; every call but `ready` needs the token. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { end, holderOf, jsonOf } from './http/control.ts'
import { exchange } from './http/exchange.ts'
import { type KeptPools, keptPools } from './http/kept-pools.ts'
import type { Counted } from './measure/tally.ts'
import { type DriverLine, type DriverPlan, driverControl, type ExchangeBatch, type Release } from './plan.ts'
import { prepare } from './prepare.ts'
import { runPlan } from './run-plan.ts'

/** Those that need the token. */
const paths: readonly string[] = [driverControl.run, driverControl.exchange, driverControl.release]

export function controlServer(token: string): Server {
  const mayAsk = holderOf(token)
  let running = false
  const kept = keptPools<Counted>()

  /** Throws RangeError and SyntaxError for what the caller got wrong. */
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url, method } = request
    if (url === driverControl.ready) return end(response, method === 'GET' || method === 'HEAD' ? 204 : 405)
    if (!mayAsk(request)) return end(response, 401, 'the token is missing or wrong')
    if (!paths.includes(url ?? '')) return end(response, 404, 'no such path')
    if (method !== 'POST') return end(response, 405, 'only POST')
    const stopped = new AbortController()
    response.on('close', () => stopped.abort())
    if (url === driverControl.exchange) {
      const batch = (await jsonOf(request)) as ExchangeBatch
      const text = JSON.stringify(await exchange(batch, stopped.signal))
      response.writeHead(200, { 'content-type': 'application/json' }).end(text)
      return
    }
    if (running) return end(response, 409, 'a run is under way')
    if (url === driverControl.release) {
      for (const name of ((await jsonOf(request)) as Release).kept) kept.release(name)
      return end(response, 200)
    }
    running = true
    try {
      await run((await jsonOf(request)) as DriverPlan, response, stopped.signal, kept)
    } finally {
      running = false
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => {
      if (response.headersSent) response.destroy()
      else end(response, 400, error.message)
    })
  })
  server.on('close', kept.releaseAll)
  // Node's limit for the whole request; a run's answer may take as long as it likes.
  server.requestTimeout = 30_000
  return server
}

async function run(
  plan: DriverPlan,
  response: ServerResponse,
  signal: AbortSignal,
  kept: KeptPools<Counted>,
): Promise<void> {
  const prepared = prepare(plan)
  const line = (value: DriverLine): void => {
    if (!signal.aborted) response.write(`${JSON.stringify(value)}\n`)
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  response.flushHeaders()
  try {
    const result = await runPlan(plan, prepared, (frame) => line({ type: 'frame', frame }), signal, kept)
    line({ type: 'done', ...result })
  } catch (error) {
    line({ type: 'failed', why: (error as Error).message })
  }
  response.end()
}
