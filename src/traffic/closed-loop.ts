/** Closed loop: every connection sends its next request as soon as the last is answered. Finds capacity. */
import type { Phase } from '../scenario/scenario.ts'
import { type Connection, openConnection, type RequestEvents } from './connection.ts'
import type { LoopResult } from './open-loop.ts'
import type { ClosedPlan } from './plan.ts'
import { requestHead } from './request-bytes.ts'
import { openTally, type Tally } from './tally.ts'

/** After a failed connection: a refused port would otherwise be asked thousands of times a second. */
const pauseMs = 50

export async function closedLoop(
  plan: ClosedPlan,
  started: (tally: Tally, inFlight: () => number) => void,
  signal: AbortSignal,
): Promise<LoopResult> {
  const mix = [{ get: plan.path, client: plan.client, weight: 1, skew: 'uniform' as const }]
  const phase: Phase = { kind: 'burst', phase: 'capacity', forMs: plan.durationMs, measured: true, atOnce: 1, mix }
  const tally = openTally([phase])
  const bytes = Buffer.from(requestHead('GET', plan.path, plan.target, plan.clients[plan.client] ?? []), 'latin1')
  const open = new Set<{ connection: Connection; sinceMs: number }>()
  const startedAt = performance.now()
  let running = true
  let inFlight = 0
  started(tally, () => inFlight)

  function client(): void {
    if (!running) return
    const mine = { connection: undefined as unknown as Connection, sinceMs: 0 }
    let sentAt = 0
    const events: RequestEvents = {
      body: () => undefined,
      answered: (head, bodyBytes) => {
        const now = performance.now() - startedAt
        inFlight -= 1
        tally.answered(0, 0, sentAt, head.status, head.cache, bodyBytes, now - sentAt, now - sentAt)
        if (mine.connection.usable && running) send(now)
      },
      failed: (kind) => {
        inFlight -= 1
        if (running) tally.failed(kind)
      },
    }
    const send = (now: number): void => {
      sentAt = mine.sinceMs = now
      inFlight += 1
      tally.sent(0)
      mine.connection.send(bytes, 'GET', false, events)
    }
    mine.connection = openConnection(plan.target, {
      connected: tally.connected,
      closed: () => {
        open.delete(mine)
        if (running) setTimeout(client, sentAt === 0 || mine.connection.busy ? pauseMs : 0)
      },
    })
    open.add(mine)
    send(performance.now() - startedAt)
  }

  for (let index = 0; index < plan.connections; index += 1) client()
  const end = startedAt + plan.durationMs
  while (!signal.aborted && performance.now() < end) {
    await new Promise((resume) => setTimeout(resume, Math.min(50, Math.max(1, end - performance.now()))))
    const oldest = performance.now() - startedAt - plan.timeoutMs
    for (const { connection, sinceMs } of [...open])
      if (connection.busy && sinceMs <= oldest) connection.destroy('timeout')
  }
  running = false
  for (const { connection } of [...open]) connection.destroy('unsent')
  return { samples: [], durationMs: performance.now() - startedAt }
}
