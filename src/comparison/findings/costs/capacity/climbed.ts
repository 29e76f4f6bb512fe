/** What a scenario’s steps say of each system: its curve, its knee, and what stopped it there. */
import type { CapacityRecord } from '../../../../measurement/capacity/capacity-record.ts'
import { curveOf, errorsOf, type Point } from '../../../../measurement/capacity/curve.ts'
import { kneeOf } from '../../../../measurement/capacity/knee.ts'
import { type Limit, limitsOf } from '../../../../measurement/capacity/limit.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { answersOf, whyWithheld } from '../../../answers.ts'
import { measuredSystems } from '../../../rounds.ts'

export interface Climbed {
  readonly subject: SystemRecord
  readonly curve: readonly Point[]
  /** Undefined where it has none: nothing was answered, or not enough as the scenario expects. */
  readonly knee: Point | undefined
  /** The ladder ends there: more connections might bring more. */
  readonly isLast: boolean
  /** At the knee, those of most of its steps. */
  readonly limits: readonly Limit[]
  /** Share of what system and origins used together that the system used, at the knee; NaN where nobody tells. */
  readonly ownShare: number
  readonly errors: number
  /** Requests that reached an origin by requests answered, over all steps. */
  readonly reachedShare: number
}

/** Every system with at least one step, in the order of the record. */
export function climbedIn(scenario: ScenarioRecord): readonly Climbed[] {
  const { capacity } = scenario
  if (!capacity) return []
  return measuredSystems(scenario).flatMap((subject) => {
    const curve = curveOf(capacity, subject.label)
    return curve.length === 0 ? [] : [climbed(scenario, capacity, subject, curve)]
  })
}

function climbed(
  scenario: ScenarioRecord,
  capacity: CapacityRecord,
  subject: SystemRecord,
  curve: readonly Point[],
): Climbed {
  const withheld = whyWithheld(answersOf(scenario, subject)) !== undefined
  const at = withheld ? undefined : kneeOf(curve)?.at
  const knee = at === undefined ? undefined : curve[at]
  const steps = curve.flatMap((point) => point.steps)
  const answered = steps.reduce((sum, { account }) => sum + account.answered, 0)
  const reached = steps.reduce((sum, each) => sum + each.reached, 0)
  return {
    subject,
    curve,
    knee,
    isLast: at === curve.length - 1,
    limits: knee ? limitsOfMost(knee, capacity) : [],
    ownShare: knee ? knee.cpuUs.system / (knee.cpuUs.system + knee.cpuUs.origins) : Number.NaN,
    errors: errorsOf(steps),
    reachedShare: reached / answered,
  }
}

/** What was full in at least half of the steps: a neighbour of the machine must not be taken for a limit, or hide one. */
function limitsOfMost({ steps }: Point, capacity: CapacityRecord): readonly Limit[] {
  const all = steps.flatMap((step) => limitsOf(step, capacity))
  const most = [...new Set(all)].filter((limit) => all.filter((each) => each === limit).length * 2 >= steps.length)
  return most.length > 1 ? most.filter((limit) => limit !== 'none') : most
}
