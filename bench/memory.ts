/** A run ten times as long must not need more memory. */
import { planBase, startDriver } from './driver-process.ts'
import type { FastOrigin } from './origin.ts'
import { peakMemoryMb } from './processes.ts'
import { goal, table } from './table.ts'

export async function benchMemory(origin: FastOrigin, seconds: number) {
  const short = await peakOf(origin, seconds)
  const long = await peakOf(origin, seconds * 10)
  const rows = [
    [`${seconds} s`, short.toFixed(0)],
    [`${seconds * 10} s`, long.toFixed(0)],
  ]
  table(['closed loop for', 'peak memory MB'], rows)
  // The heap breathes by some megabytes from one process to the next.
  goal(`${(long - short).toFixed(0)} MB more`, 'at most 16', long - short <= 16)
}

/** A process of its own each time: the peak of a process never falls. */
async function peakOf({ target }: FastOrigin, seconds: number): Promise<number> {
  const driver = await startDriver()
  await driver.run({ ...planBase(target), mode: 'closed', durationMs: seconds * 1000, path: '/', client: 'bench' })
  const peak = peakMemoryMb(driver.pid)
  await driver.stop()
  return peak
}
