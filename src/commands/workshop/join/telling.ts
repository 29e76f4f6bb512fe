/** Waiting, at the end, until the host has everything. */
import type { Participation } from '../../../workshop/participant/participation.ts'
import { onInterrupt } from '../../interrupt.ts'
import { print } from '../../output.ts'

/** Whoever leaves the app does not wait long. */
const momentMs = 3000
/** A host that was ended is started again by then. */
const patienceMs = 120_000

/** Whether the host has everything; what it has not got stays on the disk. */
export function isToldSoon(participation: Participation): Promise<boolean> {
  return participation.allKept(AbortSignal.timeout(momentMs))
}

/** The same, with all the patience of somebody who has nothing else to do; Ctrl-C ends it. */
export async function isToldAll(participation: Participation): Promise<boolean> {
  const interrupt = onInterrupt(print, 'Stopping; what was not told is kept.')
  try {
    return await participation.allKept(AbortSignal.any([interrupt.signal, AbortSignal.timeout(patienceMs)]))
  } finally {
    interrupt.release()
  }
}
