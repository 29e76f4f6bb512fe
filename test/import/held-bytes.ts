import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * What is in memory once everything that nobody needs is collected: what other tests of the same process left behind, and
 * when it is collected, tell nothing of the one that asks.
 */
export function heldBytes(of: (usage: NodeJS.MemoryUsage) => number): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return of(process.memoryUsage())
}
