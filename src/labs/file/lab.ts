/**
 * A lab: a lesson in which the learner predicts, runs, observes, explains and changes. Parsed and checked (load.ts); a
 * folder `labs/<nn-id>/` with lab.yaml, steps/*.md, files/ (what the learner may edit), solution/ and states/.
 */
import type { Name } from '../../policy/policy.ts'
import type { SystemId } from '../../systems/index.ts'
import type { Trait } from '../../systems/traits.ts'
import type { Check } from './check.ts'
import type { Condition } from './condition.ts'
import type { RequestLine } from './request-line.ts'

export interface Lab {
  /** `one-hop`, from the folder `01-one-hop`. */
  readonly id: Name
  readonly number: number
  readonly title: string
  /** What the lab is about, as a question that people get wrong. */
  readonly question: string
  readonly summary: string
  readonly minutes: number
  readonly objectives: readonly string[]
  /** Absolute. */
  readonly folder: string
  readonly roles: readonly Role[]
  readonly steps: readonly Step[]
}

/**
 * Who plays a part. Texts and checks name roles, never systems, so that every lab works with whatever can run here.
 * `direct`, asking the origin itself, is there without being listed.
 */
export interface Role {
  readonly name: Name
  /** `the reverse proxy` */
  readonly title: string
  /** In order of preference; the first that can run here plays it. */
  readonly systems: readonly SystemId[]
  /**
   * Native files laid over what the policy compiles to: a folder below files/ by system, its files at their native
   * paths. `{{listen}}`, `{{instance <origin> <n>}}`, `{{configDir}}` and `{{scratchDir}}` stand for what the site
   * gives.
   */
  readonly native: Readonly<Partial<Record<SystemId, string>>>
  /** Another role, and the trait in which the systems of the two are to differ: decided by what systems declare. */
  readonly differs?: { readonly from: Name; readonly in: Trait }
}

export type Step = ReadStep | PredictStep | RunStep | ObserveStep | ExplainStep | TaskStep | QuizStep
export type StepType = Step['type']

interface StepBase {
  readonly id: Name
  readonly title: string
  /**
   * Markdown, from steps/*.md or written in place; empty for none. `{{role}}` becomes the system that plays it,
   * `{{fact ask.proxy.origin.requests}}` what a run showed;
   * `{{fact load.proxy.metrics.caching.offload %}}` writes a share as a percentage.
   */
  readonly text: string
}

/** A file of the learner's that a step shows as it is now, because its text or its questions are about it. */
export interface FileShow {
  /** Below files/. A native file is shown where its system plays the role. */
  readonly file: string
  /** Only the block that begins in the first line with this text in it; absent: the whole file. */
  readonly part?: string
}

/** What a step that starts nothing may show. */
interface ShowingStep extends StepBase {
  readonly show?: readonly FileShow[]
}

export interface ReadStep extends ShowingStep {
  readonly type: 'read'
}

/** A question, answered by choosing. The right answer is never written down: it is the option whose `when` holds. */
export interface Question {
  readonly id: Name
  readonly ask: string
  readonly input: Input
}

export type Input =
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  /** One choice for each role; `{role}` in a condition's facts is that role. */
  | { readonly kind: 'per-role'; readonly roles: readonly Name[]; readonly options: readonly Option[] }
  /**
   * Right within `tolerance` (absolute, in the unit) of the fact's value. With the unit `%` the fact is a share from 0
   * to 1.
   */
  | { readonly kind: 'number'; readonly unit: string; readonly fact: string; readonly tolerance: number }

export interface Option {
  readonly id: Name
  readonly label: string
  readonly when: Condition
}

/** Answers are locked by committing them and stay so: the run that shows the outcome cannot be seen before. */
export interface PredictStep extends ShowingStep {
  readonly type: 'predict'
  readonly questions: readonly Question[]
  readonly confidence: boolean
}

/** The same traffic through each role. */
export interface RunStep extends StepBase {
  readonly type: 'run'
  /** A scenario file below files/: policy, origins, clients, and for `scenario` runs its traffic. */
  readonly scenario: string
  /** Roles, and `direct`. */
  readonly through: readonly Name[]
  /** A request sequence; undefined: the scenario's own traffic, measured in rounds and drawn into findings. */
  readonly requests?: readonly RequestLine[]
  readonly rounds: number
  readonly show: readonly Show[]
}

/** What of a run the learner is shown as evidence. */
export type Show =
  /** What one request looked like at the origin: headers × roles. */
  | { readonly kind: 'arrived'; readonly of: Name; readonly headers: readonly string[] }
  /** Answers side by side. */
  | { readonly kind: 'answers'; readonly of: Name; readonly headers: readonly string[] }
  /** Sent, accepted, refused, from the cache, and what the origin saw. */
  | { readonly kind: 'counts' }
  /** A finding of a scenario run, its verdict and its first blocks. */
  | { readonly kind: 'finding'; readonly finding: string; readonly blocks: number }

/** What was seen, asked before any explanation; right or wrong by what was measured. */
export interface ObserveStep extends ShowingStep {
  readonly type: 'observe'
  /** The run that is looked at; its evidence is shown again. */
  readonly of: Name
  readonly questions: readonly Question[]
}

/** Prediction, result and the gap side by side, then the model answer. */
export interface ExplainStep extends ShowingStep {
  readonly type: 'explain'
  /** Predict steps whose answers are compared with what was measured. */
  readonly about: readonly Name[]
  /** Asked before the model answer is shown; free text, kept for the report. */
  readonly prompt: string
  /** Sentences about outcomes: each is shown only where its condition held in this learner's run. */
  readonly outcomes: readonly { readonly when: Condition; readonly say: string }[]
  /** Shown where the condition of none of them held. */
  readonly otherwise: string
  /** Markdown. Explains the reason, and says nothing about the outcome of a particular run. */
  readonly model: string
}

/** Change the policy or a native configuration until every check is right. */
export interface TaskStep extends StepBase {
  readonly type: 'task'
  /** Below files/. For a role's native files: `<native folder>/<path>`; only those of the systems at hand count. */
  readonly edit: readonly string[]
  readonly scenario: string
  readonly roles: readonly Name[]
  readonly checks: readonly TaskCheck[]
  /** In order. The first whose `when` holds (or that has none) and that is not open yet comes next. */
  readonly hints: readonly { readonly when?: Condition; readonly text: string }[]
  /** States that editing cannot repair: the learner is told so and offered a reset. */
  readonly failWhen: readonly { readonly when: Condition; readonly say: string }[]
  /** Folder copied over files/ when the learner skips the task. */
  readonly solution: string
  /**
   * Folders copied over files/, each a typical attempt of a learner, so that `lab check` can try every hint's
   * condition.
   */
  readonly states: readonly string[]
  /** Wrong solutions: `lab check` demands of each that it fails. */
  readonly wrong: readonly WrongSolution[]
  /** Folders copied over files/, each another right solution: `lab check` demands that all checks accept it. */
  readonly also: readonly string[]
}

export interface WrongSolution {
  /** Folder copied over files/. For a system that it holds no files for, it is not tried. */
  readonly files: string
  /** The checks that must be wrong with it; others may be. */
  readonly caught: readonly Name[]
}

export interface TaskCheck {
  readonly id: Name
  /** `The origin learns the client's address` */
  readonly describe: string
  readonly check: Check
}

export interface QuizStep extends ShowingStep {
  readonly type: 'quiz'
  readonly questions: readonly QuizQuestion[]
}

/** Concepts and decisions: here the right answer is known beforehand, and every option says why. */
export interface QuizQuestion {
  readonly id: Name
  readonly ask: string
  readonly options: readonly {
    readonly id: Name
    readonly label: string
    readonly right: boolean
    readonly why: string
  }[]
}
