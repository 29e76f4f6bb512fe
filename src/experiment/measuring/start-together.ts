/** Systems that are started anew side by side, each at the place where it was before. */
import { availableParallelism } from 'node:os'
import { EdgeLabError } from '../../errors.ts'
import type { Running, Runtime } from '../../runtime/topology.ts'
import { allEnded, slots } from '../../side-by-side.ts'
import type { Ready } from '../proof/prove-systems.ts'
import { type Gone, startSystem } from '../systems-under-test.ts'

/** A system as it runs after one start; of one that is not launched, null. */
export interface Standing {
  readonly ready: Ready
  readonly running: Running | null
}

export interface Ended {
  readonly ready: Ready
  readonly gone: Gone
}

/** Those that are up, in the order given, and why the others are not. Rejects with the signal's reason. */
export async function startTogether(
  ready: readonly Ready[],
  runtime: Runtime,
  signal: AbortSignal,
): Promise<readonly (Standing | Ended)[]> {
  const slot = slots(2 * availableParallelism())
  const begin = async (each: Ready): Promise<Standing | Ended> => {
    signal.throwIfAborted()
    try {
      return { ready: each, running: await startSystem(runtime, each.prepared) }
    } catch (error) {
      if (signal.aborted || !(error instanceof EdgeLabError) || error.name !== 'startFailed') throw error
      return { ready: each, gone: { why: error.message, logTail: error.logTail } }
    }
  }
  return allEnded(ready.map((each, at) => slot(at)(() => begin(each))))
}
