/** How the host talks to a driver. */
import { LabError } from '../errors.ts'
import {
  type DriverLine,
  type DriverPlan,
  driverControl,
  type Exchange,
  type ExchangeBatch,
  type Frame,
  type Sample,
} from './plan.ts'

export interface DriverClient {
  /**
   * Sends a plan and waits for its end; frames arrive as they are made. An aborted signal ends the run and rejects with
   * the signal's reason. Throws LabError `driverFailed`.
   */
  run(
    plan: DriverPlan,
    onFrame: (frame: Frame) => void,
    signal: AbortSignal,
  ): Promise<{ readonly samples: readonly Sample[]; readonly durationMs: number }>
  /** Throws LabError `driverFailed`; a request that gets no answer is an exchange with a `failure`. */
  exchange(batch: ExchangeBatch, signal?: AbortSignal): Promise<readonly Exchange[]>
}

export function connectDriver(controlUrl: string, token: string): DriverClient {
  const post = async (path: string, body: unknown, signal?: AbortSignal): Promise<Response> => {
    const response = await fetch(`${controlUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    }).catch((cause: Error) => {
      if (signal?.aborted) throw cause
      throw new LabError('driverFailed', { why: `it cannot be reached: ${reasonOf(cause)}` }, { cause })
    })
    if (response.ok) return response
    throw new LabError('driverFailed', { why: `it answered ${response.status} to ${path}: ${await response.text()}` })
  }
  return {
    exchange: async (batch, signal) =>
      (await (await post(driverControl.exchange, batch, signal)).json()) as readonly Exchange[],
    run: async (plan, onFrame, signal) => {
      const response = await post(driverControl.run, plan, signal)
      try {
        for await (const line of linesOf(response)) {
          if (line.type === 'failed') throw new LabError('driverFailed', { why: line.why })
          if (line.type === 'done') return line
          onFrame(line.frame)
        }
      } catch (cause) {
        if (signal.aborted || cause instanceof LabError) throw cause
        throw new LabError('driverFailed', { why: `it was lost: ${reasonOf(cause as Error)}` }, { cause })
      }
      throw new LabError('driverFailed', { why: 'it ended before the round did' })
    },
  }
}

async function* linesOf(response: Response): AsyncGenerator<DriverLine> {
  let rest = ''
  for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) if (line !== '') yield JSON.parse(line) as DriverLine
  }
}

/** fetch says only “fetch failed”; the cause says why. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}
