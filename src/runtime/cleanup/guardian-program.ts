/** The guardian itself: `guardian.js <run> <pid:startTime of its host>`. Waits for the end of its input. */
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { goodbye } from './guardian.ts'

const pauseMs = 200
/** What its host had asked of the engine, or was just starting, may still come to be after its death. */
const quietMs = 2000
const patienceMs = 60_000

const [runId, host] = process.argv.slice(2) as [string, string]
// A pipe that breaks has ended too.
const said = await text(process.stdin).catch(() => '')
if (said !== goodbye) {
  // Loaded only now: until here it is as small as Node gets.
  const { cleanRun } = await import('./clean.ts')
  const began = performance.now()
  let quietSince = began
  while (performance.now() - quietSince < quietMs && performance.now() - began < patienceMs) {
    // The engine refuses to remove what is changing at that moment, so it is tried once more.
    const left = await cleanRun(runId, host).catch(() => 1)
    if (left > 0) quietSince = performance.now()
    await delay(pauseMs)
  }
}
