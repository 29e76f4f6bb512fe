/** What a run step needs to be carried out. */
import type { ExperimentPlan } from '../../experiment/experiment.ts'
import type { Lab, RunStep } from '../file/lab.ts'
import type { Cast } from './cast.ts'

export interface RunOptions {
  readonly lab: Pick<Lab, 'id' | 'roles' | 'folder'>
  readonly step: RunStep
  readonly cast: Cast
  readonly workspace: string
  readonly seed: number
  readonly signal: AbortSignal
  /** Receives progress messages, a line at a time. */
  readonly line: (text: string) => void
  /** Carries out each round of a scenario's traffic when it may; absent: at once. */
  readonly round?: ExperimentPlan['round']
}
