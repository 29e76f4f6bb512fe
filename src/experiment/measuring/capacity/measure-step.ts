/** One step: a closed loop over so many connections through one system, with the accounts of everybody involved. */
import { unansweredOf } from '../../../http/failure.ts'
import type { StepRecord } from '../../../measurement/capacity/capacity-record.ts'
import { classifying, countsByStatus, type StatusCounts } from '../../../measurement/expected-answers.ts'
import { busyShare, coreTimes } from '../../../runtime/machine/core-time.ts'
import type { Running, Runtime } from '../../../runtime/topology.ts'
import type { ClosedPhase, Scenario } from '../../../scenario/scenario.ts'
import { mergeHistograms, percentileUs } from '../../../traffic/measure/histogram.ts'
import { addUp, total } from '../../../traffic/measure/merge.ts'
import type { Frame, Sample } from '../../../traffic/plan.ts'
import type { Drivers } from '../../drivers.ts'
import type { SliceFigures } from '../../events.ts'
import type { Origins } from '../../origins.ts'
import type { Prepared } from '../../systems-under-test.ts'
import { openCpuAccounts } from '../cpu-accounts.ts'

const timeoutMs = 10_000

/** From this share of a core on, what is not ours took part in the result. */
const maxForeign = 0.15

export interface StepTask {
  readonly runtime: Runtime
  readonly drivers: Drivers
  readonly origins: Origins
  readonly scenario: Scenario
  readonly prepared: Prepared
  readonly running: Running | null
  /** With the headers of their clients. */
  readonly phases: readonly ClosedPhase[]
  readonly seed: number
}

export interface Step {
  readonly record: Omit<StepRecord, 'start' | 'block' | 'position' | 'atMs'>
  /** Answers that were not meant, by status. */
  readonly unexpected: StatusCounts
  readonly frames: readonly Frame[]
  readonly samples: readonly Sample[]
  readonly durationMs: number
}

/** The same seed for every system, so that all are sent the same mix. */
export async function measureStep(task: StepTask, connections: number, signal: AbortSignal): Promise<Step> {
  const { runtime, drivers, origins, scenario, prepared, running, phases, seed } = task
  const driver = drivers[prepared.side]
  await origins.reset()
  const accounts = { system: running && [running], origins: origins.running, driver: driver.running }
  const coresBefore = coreTimes()
  const spentSince = await openCpuAccounts(accounts)
  const began = performance.now()
  const frames: Frame[] = []
  const plan = { mode: 'closed', target: prepared.target, connections, timeoutMs, seed, phases } as const
  const { samples, durationMs } = await driver.run(plan, (frame) => frames.push(frame), signal)
  const wallMs = performance.now() - began
  const cpuNs = await spentSince()
  const coresAfter = coreTimes()
  const busy = {
    driver: busyShare(coresBefore, coresAfter, runtime.pinning.driver),
    others: busyShare(coresBefore, coresAfter, runtime.pinning.others),
  }
  const counts = await origins.counts()
  const kindOf = classifying(scenario, prepared.subject.system.support)
  const measured = new Set(phases.filter((phase) => phase.measured).map(({ phase }) => phase))
  const series = frames.flatMap((frame) => frame.series).filter(({ phase }) => measured.has(phase))
  const unexpected = countsByStatus(series.filter((each) => kindOf(each) === 'unexpected'))
  const failures = addUp(frames.map((frame) => frame.failures))
  const account = { wallMs, answered: total(frames, ({ answered }) => answered), cpuNs, busy }
  return {
    record: {
      label: prepared.subject.label,
      connections,
      measuredMs: total(
        phases.filter((phase) => phase.measured),
        ({ forMs }) => forMs,
      ),
      answered: total(series, ({ count }) => count),
      unexpected: total(unexpected, ([, count]) => count),
      reached: total(counts, ({ requests }) => requests),
      failures,
      connected: total(frames, ({ connected }) => connected),
      latency: mergeHistograms(series.filter((each) => kindOf(each) === 'accepted').map(({ latency }) => latency)),
      account,
      flags: [
        ...foreign('the driver’s core', busy.driver, cpuNs.driver, wallMs),
        ...foreign(
          'the cores of systems and origins',
          busy.others,
          (cpuNs.system ?? 0) + (cpuNs.origins ?? 0),
          wallMs * (runtime.pinning.others?.length ?? 1),
        ),
        ...(failures.local ? ['this machine ran out of connections'] : []),
      ],
    },
    unexpected,
    frames,
    samples,
    durationMs,
  }
}

/** Where others than ours used a good part of our cores. */
function foreign(what: string, busy: number | null, ownNs: number | null, coreMs: number): readonly string[] {
  if (busy === null || ownNs === null) return []
  return busy - ownNs / 1e6 / coreMs > maxForeign ? [`other programs used ${what}`] : []
}

/** For the live outputs. */
export function atAGlance({ record, unexpected, frames }: Step): SliceFigures {
  const { label, account, flags, failures } = record
  const { system } = account.cpuNs
  const p50Us = percentileUs(record.latency, 50)
  return {
    label,
    sent: total(frames, ({ sent }) => sent),
    answered: account.answered,
    p50Us: Number.isFinite(p50Us) ? p50Us : null,
    cpuUsPerAnswer: system === null || account.answered === 0 ? null : system / 1000 / account.answered,
    unexpected,
    failed: unansweredOf(failures),
    flags,
    again: false,
  }
}
