/** Sends what waits, batch after batch, and again where it failed, until it may not go on. */
import { setTimeout as pause } from 'node:timers/promises'
import type { StepReport } from '../../protocol/step-report.ts'
import { backoffMs } from '../connection/backoff.ts'
import { batchOf } from './batch-of.ts'
import type { Outbox } from './outbox.ts'

export interface Sending {
  /** There is something new, or the host is back. */
  goOn(): void
  /** Resolves when nothing more is sent. */
  readonly ended: Promise<void>
}

interface Means {
  /** Resolves with the numbers that the host has. */
  readonly report: (batch: readonly StepReport[]) => Promise<readonly number[]>
  /** After the outbox knows it. */
  readonly reported: () => void
  /** Whether it is to be tried again. */
  readonly failed: (error: unknown) => boolean
  readonly isGoing: () => boolean
  readonly signal: AbortSignal
}

/** Several changes of a moment are told together. */
const gatherMs = 50

export function sending(outbox: Outbox, { report, reported, failed, isGoing, signal }: Means): Sending {
  let wake = Promise.withResolvers<void>()
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  const moment = (ms: number): Promise<unknown> => pause(ms, undefined, { signal }).catch(() => undefined)

  async function send(): Promise<void> {
    for (let failures = 0; isGoing(); ) {
      const batch = batchOf(outbox.waiting())
      if (batch.length === 0) {
        await Promise.race([wake.promise, aborted])
        await moment(gatherMs)
        continue
      }
      try {
        const kept = await report(batch)
        await outbox.kept(kept)
        reported()
        failures = batch.some(({ seq }) => kept.includes(seq)) ? 0 : failures + 1
      } catch (error) {
        if (signal.aborted || !failed(error)) return
        failures += 1
      }
      if (failures > 0) await Promise.race([moment(backoffMs(failures)), wake.promise])
    }
  }

  return {
    goOn: () => {
      wake.resolve()
      wake = Promise.withResolvers()
    },
    ended: send(),
  }
}
