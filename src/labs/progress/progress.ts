/** Where a learner is: one file for each lab, written whole after every action (progress-store.ts). */
import type { Name } from '../../policy/policy.ts'
import type { CheckVerdict } from '../file/check.ts'
import type { Observation } from './observation.ts'

export const progressFormatVersion = 2

export interface Progress {
  readonly formatVersion: typeof progressFormatVersion
  readonly lab: Name
  readonly startedAt: string
  /** The step the learner is at; finished ones stay readable. */
  readonly at: Name
  /** Chosen once, so that every run of this learner sends the same. */
  readonly seed: number
  readonly steps: Readonly<Record<Name, StepProgress>>
}

export const confidenceWords = { 1: 'guess', 2: 'fairly', 3: 'very' } as const
export type Confidence = keyof typeof confidenceWords

export interface StepProgress {
  readonly done: boolean
  /** The solution was applied instead. */
  readonly skipped: boolean
  /** Question (per-role: `question.role`) → option id, number or free text. Kept from the first key on. */
  readonly answers: Readonly<Record<string, string>>
  /** Answers are final. */
  readonly committed: boolean
  readonly confidence: Confidence | null
  readonly observation: Observation | null
  readonly verdicts: readonly CheckVerdict[]
  /** Indices of hints in the order in which they were opened. */
  readonly hints: readonly number[]
  readonly tries: number
}

export const freshStep: StepProgress = {
  done: false,
  skipped: false,
  answers: {},
  committed: false,
  confidence: null,
  observation: null,
  verdicts: [],
  hints: [],
  tries: 0,
}
