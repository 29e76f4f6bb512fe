/** NGINX as it comes closes a connection after 1,000 requests: whether a client’s median stays what it was. */
import { join } from 'node:path'
import { closedLoop, type DriverProcess } from './driver-process.ts'
import type { FastOrigin } from './origin.ts'
import { clientCore, runPinned } from './processes.ts'
import { goal, table } from './table.ts'

/** So many connections as autocannon opens by itself. */
const connections = 10

export async function benchSteady({ target, url }: FastOrigin, driver: DriverProcess, seconds: number): Promise<void> {
  const ours = await driver.run(closedLoop(target, seconds * 1000, connections))
  const program = join(import.meta.dirname, 'capacity-client.ts')
  const args = ['--import', import.meta.resolve('tsx'), program, 'autocannon-by-second', url, String(seconds)]
  const theirs = JSON.parse(await runPinned(clientCore, process.execPath, args)) as readonly number[]
  // The first second is the compiler’s, and the last may be a part of one.
  const whole = (medians: readonly number[]): readonly number[] => medians.slice(1, seconds)
  const rows = [
    ['driver', ...spread(whole(ours.p50UsBySecond))],
    ['autocannon', ...spread(whole(theirs))],
  ]
  table(
    [`median µs, second by second, ${seconds} s`, 'first', 'last', 'least', 'most', 'last third ÷ first third'],
    rows,
  )
  const ratio = Number(rows[0]!.at(-1))
  goal(`the driver’s median went to ${ratio.toFixed(2)} × what it was`, '0.9 to 1.1', ratio >= 0.9 && ratio <= 1.1)
}

/** Thirds, as single seconds have the machine’s moods in them. */
function spread(medians: readonly number[]): readonly string[] {
  const third = Math.ceil(medians.length / 3)
  const of = (some: readonly number[]): number => some.toSorted((a, b) => a - b)[some.length >> 1]!
  const all = [medians[0]!, medians.at(-1)!, Math.min(...medians), Math.max(...medians)]
  return [...all.map((us) => us.toFixed(0)), (of(medians.slice(-third)) / of(medians.slice(0, third))).toFixed(2)]
}
