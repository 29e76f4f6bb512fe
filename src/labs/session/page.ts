/** One step as data: what terminal app, lines and HTML report all show. `pages.ts` makes it; pure. */
import type { Block } from '../../comparison/finding.ts'
import type { Name } from '../../policy/policy.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { StepType } from '../file/lab.ts'
import type { Confidence } from '../progress/progress.ts'

export interface StepPage {
  readonly id: Name
  readonly type: StepType
  readonly title: string
  /** From 1. */
  readonly number: number
  readonly of: number
  readonly done: boolean
  readonly skipped: boolean
  /** A task that was right and, by its newest judgement, is not any more: it is not left forwards. */
  readonly brokenAgain: boolean
  /** Every step of the lab is done: what ends it may be shown. */
  readonly finished: boolean
  /** Requests of the learner's own can be sent from here. */
  readonly mayTry: boolean
  /** Markdown with roles and facts filled in. */
  readonly text: string
  readonly questions: readonly PageQuestion[]
  /** null where the step asks for none. */
  readonly confidence: { readonly chosen: Confidence | null } | null
  readonly committed: boolean
  /** A run that can be made, or made again: no committed answer rests on it. */
  readonly mayRun: boolean
  /** Evidence: of a run, of what an observe step looks at, prediction against result; files that the step is about. */
  readonly blocks: readonly Block[]
  /** Findings of which `blocks` and `outcomes` are only the part that a lesson needs. */
  readonly more: readonly WholeFinding[]
  /** Markdown, a sentence each: chosen by what was measured. */
  readonly outcomes: readonly string[]
  /** Markdown, shown after the answer; empty until then. */
  readonly model: string
  /** Absolute paths that the learner may edit. */
  readonly files: readonly string[]
  readonly verdicts: readonly CheckVerdict[]
  /** Markdown, those that are open and still apply, in the order in which they were opened. */
  readonly hints: readonly string[]
  /** Markdown, all that were opened: some of what they speak of may be mended. */
  readonly openedHints: readonly string[]
  readonly moreHints: boolean
  /** What is missing here, or what is next, in a sentence without keys: `Next: Ask both (the run that shows it).` */
  readonly next: string
}

export interface WholeFinding {
  readonly title: string
  /** Markdown, a sentence each. */
  readonly verdict: readonly string[]
  readonly blocks: readonly Block[]
}

/** One choice, number or text to be given. Per-role questions come as one for each role. */
export interface PageQuestion {
  /** Key of the answer. */
  readonly key: string
  readonly ask: string
  /** `nginx` for per-role questions; empty otherwise. */
  readonly subject: string
  readonly input:
    | { readonly kind: 'choice'; readonly options: readonly { readonly id: Name; readonly label: string }[] }
    | { readonly kind: 'number'; readonly unit: string }
    | { readonly kind: 'text' }
  readonly given: string | null
  /** After the commit: right, wrong, or unknown where the run could not tell; null before, and for free text. */
  readonly judged: 'right' | 'wrong' | 'unknown' | null
  /** What it turned out to be, in words; empty before the result is seen. */
  readonly outcome: string
  /** Quiz: what there is to say of the answer that was chosen; empty otherwise. */
  readonly why: string
  /** Quiz: why the right answer is right, where another one was chosen; empty otherwise. */
  readonly because: string
}
