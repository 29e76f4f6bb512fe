/** One round: the scenario's traffic once through one subject, with the accounts of everybody involved. */

import { isEmulated, withoutTimes } from '../measurement/emulated.ts'
import { recordRound } from '../measurement/recorder.ts'
import type { RoundRecord } from '../measurement/run-record.ts'
import type { Running } from '../runtime/topology.ts'
import { sentPhases } from '../scenario/requests/client-requests.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Frame } from '../traffic/plan.ts'
import type { Drivers } from './drivers.ts'
import type { Origins } from './origins.ts'
import type { Prepared } from './systems-under-test.ts'

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
  // Nothing but counts of it reaches a view or the record.
  const account = emulated ? null : running
  await origins.reset()
  const accounts = { system: account ? [account] : [], origins: origins.running, driver: driver.running }
  const before = await cpuOf(accounts)
  const frames: Frame[] = []
  const { samples, durationMs, loads } = await driver.run(
    {
      mode: 'open',
      target: prepared.target,
      connections: scenario.connections,
      timeoutMs,
      seed: task.seed + index,
      phases: sentPhases(scenario),
    },
    (sent) => {
      const frame = emulated ? { ...sent, series: withoutTimes(sent.series) } : sent
      frames.push(frame)
      onFrame(frame)
    },
    signal,
  )
  const after = await cpuOf(accounts)
  const memoryBytes = account ? await account.memoryBytes() : null
  const spent = (who: keyof typeof accounts): number | null =>
    who === 'system' && !account ? null : minus(after[who], before[who])
  const counts = await origins.counts()
  // What is for reading is kept of the first round only: the others would say the same and make the record large.
  const first = index === 0
  return recordRound(
    frames,
    {
      index,
      label: prepared.subject.label,
      position,
      durationMs,
      cpuNs: { system: spent('system'), origins: spent('origins'), driver: spent('driver') },
      memoryBytes,
      origins: first ? counts : counts.map((each) => ({ ...each, last: [] })),
      samples: first ? samples.map((sample) => ({ ...sample, body: sample.body.slice(0, 4096) })) : [],
    },
    loads,
  )
}

async function cpuOf<Who extends string>(
  accounts: Record<Who, readonly Running[]>,
): Promise<Record<Who, number | null>> {
  const entries = Object.entries<readonly Running[]>(accounts).map(async ([who, parts]) => {
    const each = await Promise.all(parts.map((part) => part.cpuNs()))
    return [who, each.reduce<number | null>((sum, ns) => (sum === null || ns === null ? null : sum + ns), 0)] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Record<Who, number | null>
}

function minus(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before
}
