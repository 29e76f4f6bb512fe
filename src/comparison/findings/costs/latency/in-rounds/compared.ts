/** Every system against direct, in one family: neither direct itself nor its duplicate is a comparison of it. */
import { emulatedWords, isEmulated } from '../../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../../measurement/run-record.ts'
import { acceptedByBoth, answersOf, whyWithheld } from '../../../../answers.ts'
import {
  type Difference,
  differencesOf,
  noiseFloorOf,
  type RatioInterval,
} from '../../../../costs/rounds-statistics.ts'
import { isDoubtful } from '../../../../doubt.ts'
import {
  baselineOf,
  duplicateOf,
  latencyOf,
  measuredSystems,
  pairedRatio,
  percentileMs,
  seriesOf,
} from '../../../../rounds.ts'

export interface Row {
  readonly system: SystemRecord
  readonly interval: RatioInterval | undefined
  /** undefined: what it is compared with, or the same system once more; neither is a comparison of the family. */
  readonly judged:
    | { readonly difference: Difference | 'withheld' | 'unclaimed'; readonly adjustedP: number }
    | undefined
}

export interface Compared {
  readonly baseline: SystemRecord | undefined
  /** What was measured twice; the ratio of the two is the noise floor, and without them no difference is claimed. */
  readonly duplicate: ReturnType<typeof duplicateOf>
  readonly between: RatioInterval | undefined
  readonly noiseFloor: number
  /** Systems of whose times nothing is said, with the reason. */
  readonly withheld: ReadonlyMap<SystemRecord, string>
  readonly intervals: ReadonlyMap<SystemRecord, RatioInterval>
  readonly rows: readonly Row[]
}

export function compare(scenario: ScenarioRecord): Compared {
  const baseline = baselineOf(scenario)
  const systems = measuredSystems(scenario)
  const duplicate = duplicateOf(scenario)
  const withheld = new Map(
    systems.flatMap((system) => {
      const why = whyWithheld(answersOf(scenario, system)) ?? (isEmulated(system) ? emulatedWords : undefined)
      return why === undefined ? [] : [[system, why] as const]
    }),
  )
  const between = duplicate && ratioOf(scenario, duplicate.twin, duplicate.one)
  const noiseFloor = noiseFloorOf(between)
  const intervals = new Map(
    systems.flatMap((system) =>
      baseline && system !== baseline ? [[system, ratioOf(scenario, system, baseline)] as const] : [],
    ),
  )
  const answered = (system: SystemRecord): boolean => !withheld.has(system) && !(baseline && withheld.has(baseline))
  const family = [...intervals].filter(
    ([system]) => system.kind !== 'baseline' && system !== duplicate?.twin && answered(system),
  )
  const differences = differencesOf(
    family.map(([, interval]) => interval),
    noiseFloor,
  )
  const rows = systems.map((system): Row => {
    const judged = differences[family.findIndex(([each]) => each === system)]
    const doubtful = baseline !== undefined && isDoubtful(scenario, system.label, baseline.label)
    const interval = doubtful || !answered(system) ? undefined : intervals.get(system)
    return {
      system,
      interval: interval && interval.rounds > 0 ? interval : undefined,
      judged: judged && {
        ...judged,
        ...(doubtful ? { difference: 'withheld' } : duplicate ? {} : { difference: 'unclaimed' }),
      },
    }
  })
  return { baseline, duplicate, between, noiseFloor, withheld, intervals, rows }
}

/** p50 of the answers that both accepted, round by round. */
function ratioOf(scenario: ScenarioRecord, system: SystemRecord, baseline: SystemRecord): RatioInterval {
  const keep = acceptedByBoth(scenario, system, baseline)
  return pairedRatio(scenario, system.label, baseline.label, (round) =>
    percentileMs(latencyOf(seriesOf(scenario, [round], keep)), 50),
  )
}

/** `1.22 – 1.87` */
export function spanOf({ low, high }: RatioInterval): string {
  return `${low.toFixed(2)} – ${high.toFixed(2)}`
}
