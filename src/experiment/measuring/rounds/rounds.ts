/** Rounds: the systems take turns with the whole course of the traffic, each round beginning with another one. */
import { expecting, unexpectedIn } from '../../../measurement/expected-answers.ts'
import type { RoundRecord, SystemRecord } from '../../../measurement/run-record.ts'
import type { Running } from '../../../runtime/topology.ts'
import type { Frame } from '../../../traffic/plan.ts'
import type { Emit } from '../../events.ts'
import type { Ready } from '../../proof/prove-systems.ts'
import { describeEnded, type Gone, startSystem } from '../../systems-under-test.ts'
import type { Measured, MeasuringTask } from '../measuring.ts'
import { rotated } from '../rotated.ts'
import { measureRound, roundOrEnd } from './measure-round.ts'

export async function measureRounds(task: MeasuringTask, emit: Emit, signal: AbortSignal): Promise<Measured> {
  const { scenario, rounds: planned } = task
  const ready = [...task.ready]
  const rounds: RoundRecord[] = []
  const ended: SystemRecord[] = []
  try {
    for (let index = 0; index < planned && !signal.aborted; index += 1) {
      for (const [position, each] of rotated(ready, index).entries()) {
        if (signal.aborted) break
        const round = await roundOf(each, { index, position }, task, emit, signal)
        if ('why' in round) {
          // The others go on without it.
          ready.splice(ready.indexOf(each), 1)
          const record = describeEnded(each.record, { index, in: `round ${index + 1} of ${planned}` }, round)
          ended.push(record)
          const { label, reason, logTail } = record
          emit({ type: 'subject-failed', scenario: scenario.id, label, reason: `it ${reason}`, logTail })
        } else rounds.push(round)
      }
    }
  } catch (error) {
    // Stopped on request: the round in the middle is left out, the finished ones are kept.
    if (!signal.aborted) throw error
  } finally {
    if (!signal.aborted) await Promise.all(ready.map(({ running }) => running?.stop()))
  }
  return { rounds, ended }
}

async function roundOf(
  { prepared, running: kept }: Ready,
  place: { readonly index: number; readonly position: number },
  { runtime, drivers, origins, scenario, rounds: of, seed, turn }: MeasuringTask,
  emit: Emit,
  signal: AbortSignal,
): Promise<RoundRecord | Gone> {
  const { label, system } = prepared.subject
  const at = { scenario: scenario.id, label, index: place.index }
  const isExpected = expecting(scenario, system.support)
  emit({ type: 'round-started', ...at, of })
  const onFrame = (frame: Frame): void =>
    emit({ type: 'frame', ...at, frame, unexpected: unexpectedIn(frame.series, isExpected) })
  const measure = (running: Running | null): Promise<RoundRecord> =>
    turn(() => measureRound({ drivers, origins, scenario, prepared, running, ...place, seed }, onFrame, signal))
  const start = async () => (scenario.fresh ? startSystem(runtime, prepared) : kept)
  const round = await roundOrEnd({ start, measure, stops: scenario.fresh }, signal)
  if (!('why' in round)) {
    const answers = round.seconds.flatMap(({ series }) => series)
    const unexpected = unexpectedIn(answers, isExpected)
    emit({ type: 'round-finished', scenario: scenario.id, round, of, unexpected })
  }
  return round
}
