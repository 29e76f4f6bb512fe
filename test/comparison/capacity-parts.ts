/** A synthetic ladder: systems of which it is known how many requests a second they carry. */
import type { CapacityRecord, StepRecord } from '../../src/measurement/capacity/capacity-record.ts'
import type { ScenarioRecord } from '../../src/measurement/run-record.ts'
import type { ClosedPhase } from '../../src/scenario/scenario.ts'
import { latencies, normals, roundOf, scenarioOf, scenarioRecordOf, steadyPhase, subjectOf } from './record-parts.ts'

const closed: ClosedPhase = { kind: 'closed', phase: 'steady', forMs: 500, measured: true, mix: steadyPhase.mix }

export const capacityScenario = scenarioOf({
  id: 'capacity',
  title: 'How much it takes',
  measure: 'capacity',
  traffic: [closed],
  rounds: { quick: 1, full: 3 },
})

/** What a system is like: alone a request takes so long, and it carries so many a second at most. */
export interface Carries {
  readonly aloneMs: number
  readonly mostPerSecond: number
  /** CPU time of a request in the system, microseconds; null of the baseline. */
  readonly cpuUs: number | null
  /** Share of the driver’s core in use when it carries the most. */
  readonly driverBusy?: number
}

interface Ladder {
  readonly starts?: number
  readonly ladder?: readonly number[]
  /** Standard deviation of a step, as a share. */
  readonly noise?: number
  readonly cores?: CapacityRecord['cores']
}

const onTwoCores = { driver: [1], others: [0] }

/** Operational law (Denning and Buzen 1978): connections by response time, until something is full. */
export function throughputOf({ aloneMs, mostPerSecond }: Carries, connections: number): number {
  return Math.min((connections / aloneMs) * 1000, mostPerSecond)
}

export function capacityRecordOf(
  systems: Readonly<Record<string, Carries>>,
  { starts = 3, ladder = [1, 2, 4, 8, 16, 32], noise = 0, cores = onTwoCores }: Ladder = {},
): CapacityRecord {
  const normal = normals(5)
  const steps = Array.from({ length: starts }, (_, start) => start).flatMap((start) =>
    ladder.flatMap((connections, block) =>
      Object.entries(systems).map(([label, carries], position) => {
        const perSecond = throughputOf(carries, connections) * Math.exp(noise * normal())
        return stepOf(label, carries, { start, block, position, connections, perSecond })
      }),
    ),
  )
  return { ladder, stepMs: 500, warmUpMs: 100, cores, instances: 2, steps }
}

type Placed = Pick<StepRecord, 'start' | 'block' | 'position' | 'connections'> & { readonly perSecond: number }

function stepOf(label: string, carries: Carries, { perSecond, ...place }: Placed): StepRecord {
  const answered = Math.round(perSecond / 2)
  const filled = perSecond / carries.mostPerSecond
  // Beside the system the origins use what it leaves of the core.
  const systemNs = carries.cpuUs === null ? null : carries.cpuUs * 1000 * answered
  return {
    label,
    ...place,
    atMs: place.start * 1000,
    measuredMs: 500,
    answered,
    unexpected: 0,
    reached: answered,
    failures: {},
    connected: place.connections,
    latency: latencies((place.connections / perSecond) * 1000, 50, place.connections),
    account: {
      wallMs: 500,
      answered,
      cpuNs: {
        system: systemNs,
        origins: Math.max(0, 500e6 * filled * 0.95 - (systemNs ?? 0)),
        driver: 500e6 * (carries.driverBusy ?? 0.3) * filled,
      },
      busy: { driver: null, others: null },
    },
    flags: [],
  }
}

export function climbedScenario(systems: Readonly<Record<string, Carries>>, shape?: Ladder): ScenarioRecord {
  const capacity = capacityRecordOf(systems, shape)
  const labels = Object.keys(systems) as ('direct' | 'nginx' | 'nginx-lua' | 'node-proxy')[]
  const rounds = Array.from({ length: shape?.starts ?? 3 }, (_, index) => index).flatMap((index) =>
    labels.map((label) => roundOf(label, index, [{ ms: 1 }])),
  )
  return {
    ...scenarioRecordOf(
      capacityScenario,
      labels.map((label) => subjectOf(label)),
      rounds,
    ),
    capacity,
  }
}
