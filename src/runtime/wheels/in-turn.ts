import { setTimeout as pause } from 'node:timers/promises'
import { EdgeLabError } from '../../errors.ts'
import { lockFile } from '../cleanup/lock-file.ts'
import { unwritable } from './unwritable.ts'

const lookMs = 200

/** Takes a lock when whoever holds it is done or gone. Throws EdgeLabError `fetchInterrupted`, `binaryUnwritable`. */
export async function lockInTurn(path: string, signal: AbortSignal, waiting: () => void): Promise<void> {
  for (;;) {
    if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
    const holder = await lockFile(path).catch(unwritable(path))
    if (!holder) return
    waiting()
    await pause(lookMs, undefined, { signal }).catch(() => undefined)
  }
}
