/** The steps of one system in one start as one round, for everything that reads answers and failures of rounds. */
import { withoutTimes } from '../../../measurement/emulated.ts'
import { recordRound } from '../../../measurement/recording/recorder.ts'
import type { RoundRecord } from '../../../measurement/run-record.ts'
import { total } from '../../../traffic/measure/merge.ts'
import type { Step } from './measure-step.ts'

/**
 * Counts only: over all numbers of connections a latency would be nobody's. That the driver was busy is no doubt here,
 * as a closed loop does what it can; what was the limit is told step by step.
 */
export function roundOfSteps(
  steps: readonly Step[],
  { index, label, memoryBytes }: Pick<RoundRecord, 'index' | 'label' | 'memoryBytes'>,
): RoundRecord {
  const frames = steps.flatMap(({ frames: own }) =>
    own.map((frame) => ({ ...frame, atMs: 0, slots: [], series: withoutTimes(frame.series) })),
  )
  const spent = (who: 'system' | 'origins' | 'driver'): number | null => {
    const each = steps.map(({ record }) => record.account.cpuNs[who])
    return each.includes(null) ? null : total(each, (ns) => ns!)
  }
  const round = recordRound(frames, {
    index,
    label,
    position: 0,
    durationMs: total(steps, ({ durationMs }) => durationMs),
    cpuNs: { system: spent('system'), origins: spent('origins'), driver: spent('driver') },
    memoryBytes,
    origins: [],
    samples: index === 0 ? samplesOf(steps) : [],
  })
  return { ...round, flags: round.failures.local ? ['this machine ran out'] : [] }
}

/** For reading: those of the first step, cut as in any round. */
function samplesOf([first]: readonly Step[]): RoundRecord['samples'] {
  return (first?.samples ?? []).map((sample) => ({ ...sample, body: sample.body.slice(0, 4096) }))
}
