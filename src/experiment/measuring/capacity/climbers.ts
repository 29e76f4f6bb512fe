/** The systems on the ladder: started anew together, and left out where one of them is no more. */
import type { SystemRecord } from '../../../measurement/run-record.ts'
import type { Running, Runtime } from '../../../runtime/topology.ts'
import type { Emit } from '../../events.ts'
import type { Ready } from '../../proof/prove-systems.ts'
import { describeEnded, type Gone } from '../../systems-under-test.ts'
import { goneOf } from '../gone.ts'
import { startTogether } from '../start-together.ts'

export interface Climber {
  readonly ready: Ready
  /** What was started of it for the start under way; null where nothing is. */
  running: Running | null
}

export interface Climbers {
  /** Those that are still there, in the order of the record. */
  readonly there: readonly Climber[]
  /** The records of those that are not. */
  readonly ended: readonly SystemRecord[]
  /** Stops and starts all of them. */
  startAnew(start: number): Promise<void>
  /** False where it has ended: then it is left out from now on, and the others go on. */
  isThere(climber: Climber, start: number): Promise<boolean>
  stop(): Promise<void>
}

export function climbersOf(
  ready: readonly Ready[],
  { runtime, scenario, starts }: { readonly runtime: Runtime; readonly scenario: string; readonly starts: number },
  emit: Emit,
  signal: AbortSignal,
): Climbers {
  const there = ready.map((each): Climber => ({ ready: each, running: each.running }))
  const ended: SystemRecord[] = []

  function leaveOut(climber: Climber, start: number, gone: Gone): void {
    there.splice(there.indexOf(climber), 1)
    const record = describeEnded(climber.ready.record, { index: start, in: `round ${start + 1} of ${starts}` }, gone)
    ended.push(record)
    const { label, reason, logTail } = record
    emit({ type: 'subject-failed', scenario, label, reason: `it ${reason}`, logTail })
  }

  const stop = async (): Promise<void> => void (await Promise.all(there.map(({ running }) => running?.stop())))
  return {
    there,
    ended,
    stop,
    startAnew: async (start) => {
      await stop()
      const climbing = [...there]
      const started = await startTogether(
        climbing.map((climber) => climber.ready),
        runtime,
        signal,
      )
      for (const [at, each] of started.entries()) {
        if ('gone' in each) leaveOut(climbing[at]!, start, each.gone)
        else climbing[at]!.running = each.running
      }
    },
    isThere: async (climber, start) => {
      const gone = await goneOf(climber.running)
      if (gone) leaveOut(climber, start, gone)
      return !gone
    },
  }
}
