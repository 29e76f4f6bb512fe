/** Runs as the product makes them, planned, stopped and judged by the same code, on noise from real slices. */
import { seededRandom } from '../../src/scenario/schedule/random.ts'
import { halfWidthOf } from '../../src/statistics/interval.ts'
import { type Judged, judge, type Metric } from '../../src/statistics/judge.ts'
import { decide, planOf } from '../../src/statistics/plan.ts'
import { significance } from '../../src/statistics/sequential/look.ts'
import { drawStart, familyFrom, type Recording } from './noise.ts'

export interface Simulated {
  readonly claims: Readonly<Record<Metric, Judged['claim']>>
  /** After Holm and all looks, whatever the floor says. */
  readonly isSignificant: boolean
  /** Of the system's interval, as a share. */
  readonly halfWidth: Readonly<Record<Metric, number>>
  readonly starts: number
  readonly spentMs: number
}

/** Beside the traffic of a slice, as real runs on two cores show it: telling the driver, reading accounts. */
const aroundSliceMs = 10

export interface Conditions {
  readonly recording: Recording
  /** 1.05: the system takes 5 % more. */
  readonly difference: number
  readonly precision: number
  readonly budgetMs: number
  readonly startMs: number
}

export function simulate(conditions: Conditions, seed: number): Simulated {
  const { recording, difference, precision, budgetMs, startMs } = conditions
  const random = seededRandom(seed)
  const systems = 3
  const sliceMs = recording.sliceMs + aroundSliceMs
  const { looks, blocksPerStart } = planOf({ effort: 'default', systems, sliceMs, budgetMs, startMs })
  const parts: ReturnType<typeof drawStart>[] = []
  for (;;) {
    parts.push(drawStart(recording, blocksPerStart, random))
    const judged = judge(familyFrom(parts, difference), looks)
    const starts = parts.length
    const spentMs = starts * (startMs + blocksPerStart * systems * sliceMs)
    if (decide({ judged, looks, starts, precision, spentMs, budgetMs }).goOn) continue
    const of = (metric: Metric): Judged =>
      judged.find(({ comparison }) => comparison.metric === metric && !comparison.isDuplicate)!
    const each = <Value>(figure: (judged: Judged) => Value): Record<Metric, Value> => ({
      p50: figure(of('p50')),
      cpu: figure(of('cpu')),
    })
    return {
      claims: each(({ claim }) => claim),
      isSignificant: judged.some(({ comparison, adjustedP }) => !comparison.isDuplicate && adjustedP < significance),
      halfWidth: each(({ interval }) => halfWidthOf(interval)),
      starts,
      spentMs,
    }
  }
}
