/** How the host talks to a driver. */
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { EdgeLabError } from '../errors.ts'
import { askLoopback } from '../loopback.ts'
import {
  type DriverLine,
  type DriverPlan,
  driverControl,
  type ExchangeBatch,
  type Exchanged,
  type Frame,
  type Release,
  type RunResult,
} from './plan.ts'

export interface DriverClient {
  /**
   * Sends a plan and waits for its end; frames arrive as they are made. An aborted signal ends the run and rejects with
   * the signal's reason. Throws EdgeLabError `driverFailed`.
   */
  run(plan: DriverPlan, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<RunResult>
  /** Throws EdgeLabError `driverFailed`; a request that gets no answer is an exchange with a `failure`. */
  exchange(batch: ExchangeBatch, signal?: AbortSignal): Promise<Exchanged>
  /** Closes the connections that plans kept open under these names. Throws EdgeLabError `driverFailed`. */
  release(kept: readonly string[]): Promise<void>
}

export function connectDriver(controlUrl: string, token: string): DriverClient {
  async function post(path: string, body: unknown, signal: AbortSignal | undefined): Promise<IncomingMessage> {
    const response = await whileDriverLives('it cannot be reached', signal, () => asked(path, body, signal))
    if (response.statusCode === 200) return response
    const said = await text(response).catch(() => '')
    throw new EdgeLabError('driverFailed', { why: `it answered ${response.statusCode} to ${path}: ${said}` })
  }

  function asked(path: string, body: unknown, signal: AbortSignal | undefined): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      askLoopback(controlUrl + path, { method: 'POST', headers, ...(signal ? { signal } : {}) }, resolve)
        .on('error', reject)
        .end(JSON.stringify(body))
    })
  }

  return {
    exchange: async (batch, signal) => {
      const response = await post(driverControl.exchange, batch, signal)
      return whileDriverLives('it was lost', signal, async () => {
        return JSON.parse(await text(response)) as Exchanged
      })
    },
    release: async (kept) => {
      const response = await post(driverControl.release, { kept } satisfies Release, undefined)
      response.resume()
    },
    run: async (plan, onFrame, signal) => {
      const lines = linesOf(await post(driverControl.run, plan, signal))
      try {
        for (;;) {
          const { value: line, done } = await whileDriverLives('it was lost', signal, () => lines.next())
          if (done) throw new EdgeLabError('driverFailed', { why: 'it ended before the round did' })
          if (line.type === 'failed') throw new EdgeLabError('driverFailed', { why: line.why })
          if (line.type === 'done') return { samples: line.samples, durationMs: line.durationMs }
          onFrame(line.frame)
        }
      } finally {
        // Closes the request, which ends a run that is still going on.
        await lines.return(undefined).catch(() => undefined)
      }
    },
  }
}

/** Tells a driver that went away from a caller who stopped waiting. */
async function whileDriverLives<Result>(
  what: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    signal?.throwIfAborted()
    throw new EdgeLabError('driverFailed', { why: `${what}: ${(cause as Error).message}` }, { cause })
  }
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<DriverLine, void> {
  let rest = ''
  for await (const piece of response.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    for (const line of lines) if (line !== '') yield JSON.parse(line) as DriverLine
  }
}
