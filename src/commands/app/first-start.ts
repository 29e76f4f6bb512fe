/** The first start brings a real NGINX where it can, so that the comparison and the course are played by one. */
import { EdgeLabError } from '../../errors.ts'
import { chooseRuntime } from '../../runtime/choose.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import { isFirstStartDone, markFirstStart } from '../../runtime/wheels/kept.ts'
import { launches } from '../../systems/index.ts'
import type { Wheel } from '../../systems/system.ts'
import { usualCandidates } from '../../systems/usual.ts'

/**
 * Fetches, by `get`, what the usual systems lack here. Never throws EdgeLabError: whoever has no pip, network or space
 * compares what there is, and reads what would change that where systems are listed. `EDGELAB_OFFLINE=1` leaves it.
 */
export async function fetchUsual(
  runtime: 'auto' | RuntimeKind,
  get: (wheel: Wheel) => Promise<unknown>,
  failed: (error: EdgeLabError) => void = () => undefined,
): Promise<void> {
  if (isOffline() || isFirstStartDone()) return
  try {
    const lacking = await wheelsLacking(runtime)
    for (const wheel of lacking) await get(wheel)
    if (lacking.length > 0) await markFirstStart()
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    failed(error)
  }
}

function isOffline(env: NodeJS.ProcessEnv = process.env): boolean {
  return !['', '0', 'false'].includes(env['EDGELAB_OFFLINE'] ?? '')
}

async function wheelsLacking(runtime: 'auto' | RuntimeKind): Promise<readonly Wheel[]> {
  const { availability } = await chooseRuntime(runtime, launches(usualCandidates), () => undefined, { pull: false })
  return [...new Set(Object.values(availability).flatMap((here) => (here.available ? [] : (here.wheel ?? []))))]
}
