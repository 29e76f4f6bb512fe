import type { LabSession } from '../../../labs/session/session.ts'
import type { Dialogue } from '../../linear/dialogue.ts'

/**
 * Does something long in a lab. When the reader asks to stop it the session is closed: all that it says afterwards is that
 * it is closed. Resolves with whether that happened.
 */
export async function isInterrupted(
  session: LabSession,
  dialogue: Dialogue,
  work: () => Promise<unknown>,
): Promise<boolean> {
  return dialogue.interruptible(async (signal) => {
    // What could not be stopped is said by whoever closes the session in the end.
    const leave = (): void => void session.close().catch(() => undefined)
    signal.addEventListener('abort', leave)
    await work()
    signal.removeEventListener('abort', leave)
    return signal.aborted
  })
}
