/** Rounds: the systems take turns with the whole course of the traffic, each round beginning with another one. */
import { expecting, unexpectedIn } from '../../../measurement/expected-answers.ts'
import type { RoundRecord, SystemRecord } from '../../../measurement/run-record.ts'
import type { Frame } from '../../../traffic/plan.ts'
import type { Emit } from '../../events.ts'
import { describeEnded, type Gone } from '../../systems-under-test.ts'
import type { Measured, MeasuringTask } from '../measuring.ts'
import { rotated } from '../rotated.ts'
import { type Ended, type Standing, startTogether } from '../start-together.ts'
import { measureRound, roundOrEnd } from './measure-round.ts'

/** In the first round the systems are those that were started after the proof. */
export async function measureRounds(task: MeasuringTask, emit: Emit, signal: AbortSignal): Promise<Measured> {
  const { scenario, rounds: planned, runtime } = task
  let there: readonly Standing[] = task.ready.map((ready) => ({ ready, running: ready.running }))
  const rounds: RoundRecord[] = []
  const ended: SystemRecord[] = []
  const stop = async (): Promise<void> => void (await Promise.all(there.map(({ running }) => running?.stop())))
  /** The others go on without it. */
  const leaveOut = ({ ready, gone }: Ended, index: number): void => {
    there = there.filter((other) => other.ready !== ready)
    const record = describeEnded(ready.record, { index, in: `round ${index + 1} of ${planned}` }, gone)
    ended.push(record)
    const { label, reason, logTail } = record
    emit({ type: 'subject-failed', scenario: scenario.id, label, reason: `it ${reason}`, logTail })
  }
  /** All at once before the round, and not each before its turn: while one is measured, nothing starts. */
  const startAnew = async (index: number): Promise<void> => {
    await stop()
    const started = await startTogether(
      there.map(({ ready }) => ready),
      runtime,
      signal,
    )
    there = started.filter((each) => 'running' in each)
    for (const each of started) if ('gone' in each) leaveOut(each, index)
  }
  try {
    for (let index = 0; index < planned && !signal.aborted; index += 1) {
      if (scenario.fresh && index > 0) await startAnew(index)
      for (const [position, each] of rotated(there, index).entries()) {
        if (signal.aborted) break
        const round = await roundOf(each, { index, position }, task, emit, signal)
        if ('why' in round) leaveOut({ ready: each.ready, gone: round }, index)
        else rounds.push(round)
      }
    }
  } catch (error) {
    // Stopped on request: the round in the middle is left out, the finished ones are kept.
    if (!signal.aborted) throw error
  } finally {
    if (!signal.aborted) await stop()
  }
  return { rounds, ended }
}

async function roundOf(
  { ready: { prepared }, running }: Standing,
  place: { readonly index: number; readonly position: number },
  { drivers, origins, scenario, rounds: of, seed, turn }: MeasuringTask,
  emit: Emit,
  signal: AbortSignal,
): Promise<RoundRecord | Gone> {
  const { label, system } = prepared.subject
  const at = { scenario: scenario.id, label, index: place.index }
  const isExpected = expecting(scenario, system.support)
  emit({ type: 'round-started', ...at, of })
  const onFrame = (frame: Frame): void =>
    emit({ type: 'frame', ...at, frame, unexpected: unexpectedIn(frame.series, isExpected) })
  const measure = (): Promise<RoundRecord> =>
    turn(() => measureRound({ drivers, origins, scenario, prepared, running, ...place, seed }, onFrame, signal))
  const round = await roundOrEnd(running, measure, signal)
  if (!('why' in round)) {
    const answers = round.seconds.flatMap(({ series }) => series)
    const unexpected = unexpectedIn(answers, isExpected)
    emit({ type: 'round-finished', scenario: scenario.id, round, of, unexpected })
  }
  return round
}
