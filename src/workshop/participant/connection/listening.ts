/** Listens to the host's orders, and connects again where that ends, until it may not go on. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Orders } from '../../protocol/messages.ts'
import { backoffMs } from './backoff.ts'
import { Unreached } from './host-client.ts'

interface Means {
  readonly orders: (signal: AbortSignal) => AsyncIterable<Orders>
  readonly heard: (orders: Orders) => void
  /** Whether it is to be tried again. */
  readonly failed: (error: unknown) => boolean
  readonly isGoing: () => boolean
  readonly signal: AbortSignal
}

/** Resolves when it listens no more. */
export async function listening({ orders, heard, failed, isGoing, signal }: Means): Promise<void> {
  for (let failures = 0; isGoing(); ) {
    try {
      for await (const each of orders(signal)) {
        failures = 0
        heard(each)
        if (!isGoing()) return
      }
      throw new Unreached('the host has ended the connection')
    } catch (error) {
      if (signal.aborted || !failed(error)) return
    }
    failures += 1
    await pause(backoffMs(failures), undefined, { signal }).catch(() => undefined)
  }
}
