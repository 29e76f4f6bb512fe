/** One round: the scenario's traffic once through one subject, with the accounts of everybody involved. */
import { isEmulated, withoutTimes } from '../../../measurement/emulated.ts'
import { classifying } from '../../../measurement/expected-answers.ts'
import { recordRound } from '../../../measurement/recording/recorder.ts'
import { spanSeconds } from '../../../measurement/recording/spans.ts'
import type { RoundRecord } from '../../../measurement/run-record.ts'
import type { Running } from '../../../runtime/topology.ts'
import { sentPhases } from '../../../scenario/requests/client-requests.ts'
import { timedClients } from '../../../scenario/requests/timed-clients.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { personalPaths } from '../../../scenario/served.ts'
import type { Frame, Series } from '../../../traffic/plan.ts'
import type { Drivers } from '../../drivers.ts'
import type { Origins } from '../../origins.ts'
import type { Gone, Prepared } from '../../systems-under-test.ts'
import { openCpuAccounts } from '../cpu-accounts.ts'
import { goneOf } from '../gone.ts'
import { keptCounts, keptSamples } from './kept.ts'

const timeoutMs = 10_000

export interface RoundTask {
  readonly drivers: Drivers
  readonly origins: Origins
  readonly scenario: Scenario
  readonly prepared: Prepared
  /** What was started for it; null where nothing was, and nobody tells CPU time and memory. */
  readonly running: Running | null
  readonly index: number
  readonly position: number
  readonly seed: number
}

/** The same seed for every subject of a round, so that all receive the same requests at the same times. */
export async function measureRound(
  task: RoundTask,
  onFrame: (frame: Frame) => void,
  signal: AbortSignal,
): Promise<RoundRecord> {
  const { drivers, origins, scenario, prepared, running, index, position } = task
  const driver = drivers[prepared.side]
  const emulated = isEmulated(prepared.subject.system)
  const personal = personalPaths(scenario)
  const timed = timedClients(scenario)
  // Nothing but counts of it reaches a view or the record.
  const account = emulated ? null : running
  await origins.reset()
  const accounts = { system: account && [account], origins: origins.running, driver: driver.running }
  const spentSince = await openCpuAccounts(accounts)
  const frames: Frame[] = []
  const { samples, durationMs, loads } = await driver.run(
    {
      mode: 'open',
      target: prepared.target,
      connections: scenario.connections,
      timeoutMs,
      seed: task.seed + index,
      phases: sentPhases(scenario),
      // Whose answer it is can be told of each: all of them are looked at.
      sampling: personal.length > 0 ? { everyBodyOf: personal } : 'first',
    },
    (sent) => {
      const frame = emulated ? { ...sent, series: withoutTimes(sent.series) } : sent
      frames.push(frame)
      onFrame(frame)
    },
    signal,
  )
  const cpuNs = await spentSince()
  const memoryBytes = account ? await account.memoryBytes() : null
  const counts = await origins.counts()
  const isFirst = index === 0
  return recordRound(
    frames.map((frame) => ({ ...frame, slots: frame.slots.filter(({ client }) => timed.has(client)) })),
    {
      index,
      label: prepared.subject.label,
      position,
      durationMs,
      cpuNs,
      memoryBytes,
      origins: keptCounts(counts, scenario, isFirst),
      samples: keptSamples(samples, scenario, isFirst),
    },
    loads,
    { seconds: spanSeconds(scenario), kindOf: kindsOf(scenario, prepared) },
  )
}

/** Answers of which a finding tells how long they took from their send: accepted and refused ones, warm-up apart. */
function kindsOf(scenario: Scenario, { subject }: Prepared): (series: Series) => string {
  const kindOf = classifying(scenario, subject.system.support)
  const measured = new Set(scenario.traffic.flatMap(({ phase, measured: counts }) => (counts ? [phase] : [])))
  return (series) => `${measured.has(series.phase)} ${kindOf(series)}`
}

/** The round; or why there is none, where the system ended in it: nobody else suffers from that. */
export async function roundOrEnd(
  running: Running | null,
  measure: () => Promise<RoundRecord>,
  signal: AbortSignal,
): Promise<RoundRecord | Gone> {
  try {
    const round = await measure()
    return (await goneOf(running)) ?? round
  } catch (error) {
    if (signal.aborted) throw error
    const gone = await goneOf(running)
    if (gone) return gone
    throw error
  }
}
