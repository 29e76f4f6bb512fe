/** A lab is open in one EdgeLab at a time: two would write one progress and judge one another's files. */
import { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import { lockFile, unlock } from '../../runtime/cleanup/lock-file.ts'
import { whyUnwritable } from '../../text-file.ts'
import { labHome } from './home.ts'

export interface LabLock {
  /** Carries out what closes the lab, and then lets others in. To be called once. */
  releaseAfter(closing: () => Promise<void>): Promise<void>
}

/** By lock file: labs of this process that are being closed. */
const closingHere = new Map<string, Promise<void>>()

/**
 * Waits where this process is just closing the lab. What a process left that is no more is taken over. Throws
 * EdgeLabError `labOpen` where the lab is open, `stateUnwritable`.
 */
export async function lockLab(lab: Name): Promise<LabLock> {
  const path = labHome(lab).lock
  await closingHere.get(path)
  const holder = await lockFile(path).catch((cause) => {
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  })
  if (holder) throw new EdgeLabError('labOpen', { lab, pid: holder.pid })
  return {
    releaseAfter: (closing) => {
      const released = closing().finally(() => unlock(path))
      // Whoever waits for the end does not need the error: the caller of releaseAfter gets it.
      const ended = released.catch(() => undefined).then(() => void closingHere.delete(path))
      closingHere.set(path, ended)
      return released
    },
  }
}
