import type { Running } from '../../runtime/topology.ts'
import type { Gone } from '../systems-under-test.ts'

/** Why a system that nobody stopped is no more; undefined while it runs. */
export async function goneOf(running: Running | null): Promise<Gone | undefined> {
  const why = await running?.ended()
  // With its container its log may be gone, too.
  return why === undefined ? undefined : { why, logTail: await running!.logTail().catch(() => '') }
}
