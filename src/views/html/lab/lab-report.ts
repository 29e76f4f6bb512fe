/** What the report of a lab is made from. Data only: reading the learner's files is up to the caller. */
import type { Lab } from '../../../labs/file/lab.ts'
import type { Progress } from '../../../labs/progress/progress.ts'
import type { Cast } from '../../../labs/run/cast.ts'
import type { EditedFile } from '../../../labs/session/ending/edits.ts'
import type { Solution } from '../../../labs/session/ending/ending.ts'
import type { StepPage } from '../../../labs/session/page.ts'
import type { Name } from '../../../policy/policy.ts'

export interface LabReport {
  readonly lab: Lab
  readonly cast: Cast
  readonly progress: Progress
  /** Of every step, in the order of the lab. */
  readonly pages: readonly StepPage[]
  /** By task: the files that may be edited there. */
  readonly edits: Readonly<Record<Name, readonly EditedFile[]>>
  /** Of tasks that are done, and of no others. */
  readonly solutions: Readonly<Record<Name, readonly Solution[]>>
  /** EdgeLab's own version. */
  readonly edgelab: string
  /** ISO time at which the report was made. */
  readonly madeAt: string
}
