/** What every way of measuring is given, and what it hands back. */
import type { ScenarioRecord, SystemRecord } from '../../measurement/run-record.ts'
import type { Runtime } from '../../runtime/topology.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { Asked } from '../asked.ts'
import type { Drivers } from '../drivers.ts'
import type { Emit } from '../events.ts'
import type { Origins } from '../origins.ts'
import type { Ready } from '../proof/prove-systems.ts'

/** Carries out a piece of measuring when it may. */
export type Turn = <Result>(act: () => Promise<Result>) => Promise<Result>

export interface MeasuringTask {
  readonly runtime: Runtime
  readonly drivers: Drivers
  readonly origins: Origins
  readonly scenario: Scenario
  /** Everything that was proved and can be measured, in the order of the record. */
  readonly ready: readonly Ready[]
  readonly asked: Asked
  /** Rounds that were asked for. */
  readonly rounds: number
  readonly seed: number
  readonly turn: Turn
}

export interface Measured extends Pick<ScenarioRecord, 'rounds' | 'slices' | 'capacity'> {
  /** Starts that were meant to be measured, where that is known only afterwards. */
  readonly plannedRounds?: number
  /** Records of systems that ended in the middle, in place of those from the proof. */
  readonly ended: readonly SystemRecord[]
}

/**
 * Measures one scenario after the proof and stops what it keeps running. Stopped by the signal it hands back what was
 * finished before; throws only where nothing can be measured.
 */
export type Measuring = (task: MeasuringTask, emit: Emit, signal: AbortSignal) => Promise<Measured>
