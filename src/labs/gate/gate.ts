/**
 * The author's gate: whether labs do what their texts promise, with every system that can play a role here. Labs, casts
 * and runtimes side by side, since most of it is waiting. Bursts and rates need a machine with time for them: where a check
 * could not tell, its rehearsal is repeated in the end, with nothing beside it.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { startGuardian } from '../../runtime/cleanup/guardian.ts'
import { makeRunFolder } from '../../runtime/cleanup/manifest.ts'
import { allEnded } from '../../side-by-side.ts'
import { type GateLimits, gateLimits } from './limits.ts'
import { type Rehearsal, type Rehearsed, rehearse } from './rehearse.ts'
import { isUnclear } from './task/judgement.ts'

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
  const unclear: Rehearsal[] = []
  const failing = new AbortController()
  const stopped = AbortSignal.any([signal, failing.signal])
  try {
    await allEnded(
      rehearsals.map(async (rehearsal, at) => {
        try {
          const came = await once(rehearsal, String(at), limitsOf(at))
          if (came.rules.some(({ kept, details }) => !kept && details.some(isUnclear))) unclear.push(rehearsal)
          else ended(rehearsal, came)
        } catch (error) {
          // Not the fault of this lab: the others would fail for the same reason.
          failing.abort(error)
          throw failing.signal.reason
        }
      }),
    )
    for (const rehearsal of unclear) {
      note(rehearsal, 'this machine was too busy to tell: once more, alone')
      ended(rehearsal, await once(rehearsal, `${rehearsals.indexOf(rehearsal)}-alone`, gateLimits(1)(0)))
    }
  } finally {
    await folder.remove()
    await guardian.dismiss()
  }

  function once(rehearsal: Rehearsal, name: string, limits: GateLimits): Promise<Rehearsed> {
    const told = (line: string): void => note(rehearsal, line)
    return rehearse(rehearsal, { folder: join(folder.path, name), limits, signal: stopped, note: told })
  }
}
