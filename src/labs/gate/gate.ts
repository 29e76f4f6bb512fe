/**
 * The author's gate: whether labs do what their texts promise, with every system that can play a role here. Labs, casts
 * and runtimes side by side, since most of it is waiting.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { startGuardian } from '../../runtime/cleanup/guardian.ts'
import { makeRunFolder } from '../../runtime/cleanup/manifest.ts'
import { allEnded } from '../../side-by-side.ts'
import { gateLimits } from './limits.ts'
import { type Rehearsal, type Rehearsed, rehearse } from './rehearse.ts'

export interface GateOptions {
  /** Called when one has ended. */
  readonly ended: (rehearsal: Rehearsal, came: Rehearsed) => void
  /** What goes on meanwhile. */
  readonly note: (rehearsal: Rehearsal, line: string) => void
  readonly signal: AbortSignal
}

/** Throws EdgeLabError `interrupted`, and whatever keeps drivers or origins from starting, once all that was started is gone. */
export async function passGate(rehearsals: readonly Rehearsal[], { ended, note, signal }: GateOptions): Promise<void> {
  // Named and guarded like a run's, so that nothing is left for long where this process is killed.
  const id = `gate-${randomBytes(3).toString('hex')}`
  const guardian = await startGuardian(id)
  const folder = await makeRunFolder(id)
  const limitsOf = gateLimits()
  const failing = new AbortController()
  const stopped = AbortSignal.any([signal, failing.signal])
  try {
    await allEnded(
      rehearsals.map(async (rehearsal, at) => {
        const options = { folder: join(folder.path, String(at)), limits: limitsOf(at), signal: stopped }
        try {
          ended(rehearsal, await rehearse(rehearsal, { ...options, note: (line) => note(rehearsal, line) }))
        } catch (error) {
          // Not the fault of this lab: the others would fail for the same reason.
          failing.abort(error)
          throw failing.signal.reason
        }
      }),
    )
  } finally {
    await folder.remove()
    await guardian.dismiss()
  }
}
