/**
 * Open loop: requests leave at the scheduled times, whatever the answers do. Latency counts from the intended time,
 * service time from the actual send.
 */
import { schedule } from '../scenario/schedule.ts'
import type { Connection } from './connection.ts'
import type { OpenPlan, Sample } from './plan.ts'
import { openPool } from './pool.ts'
import { checkedPath, headerLines } from './request-bytes.ts'
import { openSamples } from './samples.ts'
import { openTally, type Tally } from './tally.ts'

/** Timers are late by half a millisecond and more: they only wait until this long before the due time. */
const spinMs = 2
const checkTimeoutsMs = 50

export interface LoopResult {
  readonly samples: readonly Sample[]
  readonly durationMs: number
}

interface UnderWay {
  readonly connection: Connection
  readonly sinceMs: number
}

/** Sends the plan; frames come by `onTally` being asked for them. Resolves when every request is accounted for. */
export async function openLoop(
  plan: OpenPlan,
  started: (tally: Tally, inFlight: () => number) => void,
  signal: AbortSignal,
): Promise<LoopResult> {
  const tally = openTally(plan.phases)
  const samples = openSamples(plan.phases)
  const pool = openPool(plan.target, plan.connections, tally.connected)
  // Only the path differs between two requests of a client: everything after it is prepared once.
  const tails = Object.fromEntries(
    Object.entries(plan.clients).map(([client, headers]) => [client, tailOf(plan, headers)] as const),
  )
  const underWay = new Set<UnderWay>()
  let outstanding = 0
  const startedAt = performance.now()
  started(tally, () => outstanding)

  function send(dueMs: number, phaseIndex: number, mixIndex: number, path: string): void {
    const { client } = plan.phases[phaseIndex]!.mix[mixIndex]!
    const wantBody = samples.wants(phaseIndex, client)
    const chunks: Buffer[] = []
    let connection: Connection | undefined
    let sentAt = 0
    let entry: UnderWay | undefined
    const done = (): void => {
      outstanding -= 1
      if (entry) underWay.delete(entry)
    }
    outstanding += 1
    pool.submit({
      bytes: `GET ${checkedPath(path)}${tails[client]}`,
      method: 'GET',
      wantBody,
      sending: (chosen) => {
        connection = chosen
        sentAt = performance.now() - startedAt
        tally.sent(sentAt - dueMs)
        entry = { connection, sinceMs: sentAt }
        underWay.add(entry)
      },
      events: {
        body: (chunk) => chunks.push(chunk),
        answered: (head, bytes) => {
          const now = performance.now() - startedAt
          done()
          tally.answered(phaseIndex, mixIndex, dueMs, head.status, head.cache, bytes, now - dueMs, now - sentAt)
          if (wantBody) samples.keep(phaseIndex, client, path, head, chunks)
          pool.released(connection!)
          tally.busy(performance.now() - startedAt - now)
        },
        failed: (kind) => {
          done()
          tally.failed(kind)
          pool.released(connection!)
        },
      },
    })
  }

  const timeouts = setInterval(() => {
    const oldest = performance.now() - startedAt - plan.timeoutMs
    for (const { connection, sinceMs } of [...underWay]) if (sinceMs <= oldest) connection.destroy('timeout')
  }, checkTimeoutsMs)

  try {
    for (const { atMs, phaseIndex, mixIndex, path } of schedule(plan.phases, plan.seed)) {
      const waitMs = atMs - (performance.now() - startedAt)
      if (waitMs > 0) await until(startedAt + atMs, signal)
      if (signal.aborted) break
      const before = performance.now()
      send(atMs, phaseIndex, mixIndex, path)
      tally.busy(performance.now() - before)
    }
    const planned = plan.phases.reduce((sum, { forMs }) => sum + forMs, 0)
    const lastMoment = startedAt + planned + plan.timeoutMs
    while (!signal.aborted && performance.now() < lastMoment) {
      if (outstanding === 0 && performance.now() >= startedAt + planned) break
      await new Promise((resume) => setTimeout(resume, 5))
    }
  } finally {
    clearInterval(timeouts)
    pool.close((job) => job.events.failed('unsent'))
  }
  return { samples: samples.kept(), durationMs: performance.now() - startedAt }
}

/** A timer to shortly before, then a spin on setImmediate, which goes on reading sockets meanwhile. */
async function until(due: number, signal: AbortSignal): Promise<void> {
  for (let left = due - performance.now(); left > 0 && !signal.aborted; left = due - performance.now()) {
    if (left > spinMs) await new Promise((resume) => setTimeout(resume, Math.min(left - spinMs, 250)))
    else await new Promise((resume) => setImmediate(resume))
  }
}

function tailOf({ target }: OpenPlan, headers: readonly (readonly [string, string])[]): string {
  return ` HTTP/1.1\r\n${headerLines([['host', `${target.host}:${target.port}`], ...headers])}\r\n`
}
