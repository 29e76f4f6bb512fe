/** A run ten times as long must not need more memory: what the driver keeps does not grow with what it sends. */
import { closedLoop, startDriver } from './driver-process.ts'
import type { FastOrigin } from './origin.ts'
import { peakMemoryMb } from './processes.ts'
import { goal, table } from './table.ts'

/**
 * V8 collects late where it may: left alone, its heap takes some 30 MB more in the first minutes of a run and then stays.
 * Held to this little it has to collect, and a driver that kept anything of its 10 million requests would die of it.
 */
const smallHeap = ['--max-old-space-size=24', '--max-semi-space-size=4']

export async function benchMemory(origin: FastOrigin, seconds: number) {
  const short = await peakOf(origin, seconds)
  const long = await peakOf(origin, seconds * 10)
  const rows = [
    [`${seconds} s`, short.toFixed(0)],
    [`${seconds * 10} s`, long.toFixed(0)],
  ]
  table(['closed loop for', 'peak memory MB (heap held to 24 MB)'], rows)
  // What is left is the heap's breathing from one process to the next.
  goal(`${(long - short).toFixed(0)} MB more`, 'at most 16', long - short <= 16)
}

/** A process of its own each time: the peak of a process never falls. */
async function peakOf({ target }: FastOrigin, seconds: number): Promise<number> {
  const driver = await startDriver(...smallHeap)
  await driver.run(closedLoop(target, seconds * 1000))
  const peak = peakMemoryMb(driver.pid)
  await driver.stop()
  return peak
}
