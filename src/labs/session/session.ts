/** A lab in hand: what every front end (terminal app, lines, script) shows and drives. */
import type { Block } from '../../comparison/finding.ts'
import type { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Lab } from '../file/lab.ts'
import type { Confidence, Progress } from '../progress/progress.ts'
import type { Cast } from '../run/cast.ts'
import type { LabEnding } from './ending/ending.ts'
import type { StepPage } from './page.ts'

export interface SessionState {
  readonly progress: Progress
  /** What goes on now; keys but q are ignored while it does, and the screen says so. */
  readonly busy: string | null
  /** Lines of the run that is under way, newest last. */
  readonly lines: readonly string[]
  /** Of the task at hand; empty until it was judged. */
  readonly verdicts: readonly CheckVerdict[]
  /** A task that cannot be repaired by editing on, and why. */
  readonly broken: string | null
  /** Requests of the learner's own and what came of them, newest last; the oldest go. */
  readonly tried: readonly Tried[]
  /** The last action that could not be done. */
  readonly problem: EdgeLabError | null
}

export interface Tried {
  /** As it was understood: `GET /products/7 as alice`. */
  readonly text: string
  /** What each answered and what the origin saw of it, side by side. */
  readonly blocks: readonly Block[]
}

export type Action =
  | { readonly type: 'answer'; readonly question: string; readonly value: string }
  /** Locks the answers of a predict, observe, explain or quiz step. Refused while one is missing. */
  | { readonly type: 'commit'; readonly confidence?: Confidence }
  | { readonly type: 'run' }
  | { readonly type: 'check' }
  | { readonly type: 'hint' }
  /** Sends a request through everything that plays here, as it stands. Its form: trying/request.ts. */
  | { readonly type: 'try'; readonly text: string }
  /** This step as it was: files of a task, answers, hints. The front end asks first. */
  | { readonly type: 'reset' }
  /** Applies the solution of a task, so that later steps still work. */
  | { readonly type: 'skip' }
  | { readonly type: 'next' }
  | { readonly type: 'back' }
  | { readonly type: 'go'; readonly step: Name }

export interface LabSession {
  readonly lab: Lab
  readonly cast: Cast
  /** Where the learner's files are; absolute. */
  readonly workspace: string
  state(): SessionState
  /** The step at hand, or another one that was reached. */
  page(step?: Name): StepPage
  /** Whom a request that is tried here can be sent as; none where the scenario's file has mistakes. */
  clients(): Promise<readonly Name[]>
  /** What there is to look back on. Reads files; missing ones are empty. */
  ending(): Promise<LabEnding>
  /** Called after every change of the state; returns what ends it. */
  subscribe(listener: () => void): () => void
  /**
   * Resolves when the action and the work that it started have ended. Problems are put into the state, never thrown.
   */
  act(action: Action): Promise<void>
  /** Stops what runs and what watches. Progress is on disk already. */
  close(): Promise<void>
}
