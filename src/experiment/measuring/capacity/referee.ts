/**
 * The referee: a load generator by other people is asked for the same at every knee. It has the driver’s core, one of
 * them sends at a time, and which one of a pair begins is drawn.
 */
import { randomBytes } from 'node:crypto'
import type {
  LoopFigures,
  RefereeCheck,
  RefereeRecord,
  StepRecord,
} from '../../../measurement/capacity/capacity-record.ts'
import { curveOf, errorsOf } from '../../../measurement/capacity/curve.ts'
import { kneeOf } from '../../../measurement/capacity/knee.ts'
import type { Running } from '../../../runtime/topology.ts'
import type { ClosedPhase } from '../../../scenario/scenario.ts'
import { seededRandom, shuffled } from '../../../scenario/schedule/random.ts'
import { drawing } from '../../../scenario/schedule/schedule.ts'
import { driverFiles } from '../../../traffic/launch.ts'
import { percentileUs } from '../../../traffic/measure/histogram.ts'
import { connectReferee, type Referee, refereeLaunch } from '../../../traffic/referee/client.ts'
import type { MeasuringTask } from '../measuring.ts'
import type { Climber, Climbers } from './climbers.ts'
import { measureStep } from './measure-step.ts'

const timeoutMs = 10_000
/** Requests that each of its connections goes round. */
const drawnRequests = 16

interface RefereeTask extends MeasuringTask {
  readonly phases: readonly ClosedPhase[]
  readonly steps: readonly StepRecord[]
  readonly ladder: readonly number[]
  readonly pairs: number
}

/** Undefined where no system has a knee at which it could be asked. */
export async function asRefereed(
  task: RefereeTask,
  climbers: Climbers,
  signal: AbortSignal,
): Promise<RefereeRecord | undefined> {
  const knees = climbers.there.flatMap((climber) => {
    const { label } = climber.ready.prepared.subject
    const curve = curveOf(task, label)
    const knee = kneeOf(curve)
    // It knows TLS, but not whom to trust.
    return knee && !climber.ready.prepared.target.tls ? [{ climber, connections: curve[knee.at]!.connections }] : []
  })
  if (knees.length === 0) return undefined
  const { referee, running } = await startReferee(task)
  try {
    const { tool, holds, seen } = await referee.selfTest(signal)
    const checks: RefereeCheck[] = []
    const random = seededRandom(task.seed)
    for (let pair = 0; holds && pair < task.pairs; pair += 1) {
      for (const { climber, connections } of shuffled(knees, random)) {
        const check = await pairOf(task, climber, connections, referee, random() < 0.5, signal)
        if (await climbers.isThere(climber, task.rounds - 1)) checks.push(check)
      }
    }
    return { tool, holds, seen, checks }
  } finally {
    if (!signal.aborted) await running.stop()
  }
}

async function startReferee({ runtime, scenario }: RefereeTask): Promise<{ referee: Referee; running: Running }> {
  const place = await runtime.reserve(`referee-${scenario.id}`)
  const token = randomBytes(24).toString('hex')
  const files = driverFiles({ listen: place.listen, token })
  // On both sides, as it is asked about the origins too.
  const part = { place, role: 'driver', side: 'both', launch: refereeLaunch, files, published: true } as const
  const running = await runtime.start(part)
  return { running, referee: connectReferee(running.controlUrl!, token) }
}

async function pairOf(
  task: RefereeTask,
  { ready, running }: Climber,
  connections: number,
  referee: Referee,
  driverFirst: boolean,
  signal: AbortSignal,
): Promise<RefereeCheck> {
  const { phases, seed } = task
  const { prepared } = ready
  const byDriver = async (): Promise<LoopFigures> => {
    const { record } = await task.turn(() => measureStep({ ...task, prepared, running }, connections, signal))
    const { answered, unexpected, measuredMs, latency } = record
    return figuresOf(answered - unexpected, measuredMs, latency, errorsOf([record]))
  }
  const byReferee = async (): Promise<LoopFigures> => {
    const lengthOf = (measured: boolean): number =>
      phases.reduce((sum, phase) => sum + (phase.measured === measured ? phase.forMs : 0), 0)
    const plan = {
      target: prepared.target,
      connections,
      warmUpMs: lengthOf(false),
      durationMs: lengthOf(true),
      timeoutMs,
      requests: requestsOf(phases, seed),
    }
    const { answered, durationMs, latency, errors } = await task.turn(() => referee.measure(plan, signal))
    return figuresOf(answered, durationMs, latency, errors)
  }
  if (driverFirst) {
    const driver = await byDriver()
    return { label: prepared.subject.label, connections, driver, referee: await byReferee() }
  }
  const refereed = await byReferee()
  return { label: prepared.subject.label, connections, driver: await byDriver(), referee: refereed }
}

/** Of the mix that counts, with the numbers in their paths drawn. */
function requestsOf(phases: readonly ClosedPhase[], seed: number) {
  const { mix } = phases.find(({ measured }) => measured)!
  const draw = drawing(mix, seededRandom(seed))
  return Array.from({ length: drawnRequests }, () => {
    const { mixIndex, path } = draw()
    const { method, headers, body } = mix[mixIndex]!
    return { method, path, headers, ...(body === undefined ? {} : { body }) }
  })
}

function figuresOf(answered: number, ms: number, latency: string, errors: number): LoopFigures {
  const p50Us = percentileUs(latency, 50)
  return { perSecond: (answered / ms) * 1000, p50Us: Number.isFinite(p50Us) ? p50Us : null, errors }
}
