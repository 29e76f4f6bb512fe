/**
 * Predictions compared with what was measured. Wrong ones of which the learner was sure come first: they teach the
 * most.
 */

import type { Confidence } from '../../labs/progress/progress.ts'
import type { PageQuestion, StepPage } from '../../labs/session/page.ts'
import { confidenceWords, givenText } from '../words/lab-words.ts'

export interface Gap {
  readonly step: string
  readonly question: PageQuestion
  /** null where the step asked for none. */
  readonly confidence: Confidence | null
}

/**
 * Committed predictions of all predict steps: wrong ones first, the surest of them on top, then what no run could tell.
 */
export function gaps(pages: readonly StepPage[]): readonly Gap[] {
  return pages
    .filter(({ type, committed }) => type === 'predict' && committed)
    .flatMap(({ id, questions, confidence }) =>
      questions.map((question) => ({ step: id, question, confidence: confidence?.chosen ?? null })),
    )
    .sort((a, b) => rank(b) - rank(a))
}

function rank({ question, confidence }: Gap): number {
  switch (question.judged) {
    case 'wrong':
      return 10 + (confidence ?? 0)
    case 'unknown':
      return 5
    case 'right':
      // A guess that happened to be right taught more than what was known.
      return 3 - (confidence ?? 0)
    case null:
      return -5
    default:
      return question.judged satisfies never
  }
}

/** Sentences, the first of which leads the report. */
export function gapSentences(all: readonly Gap[]): readonly string[] {
  const judged = all.filter(({ question }) => question.judged === 'right' || question.judged === 'wrong')
  const [first] = judged
  if (!first) return ['No prediction could be held against a result yet.']
  const wrong = judged.filter(({ question }) => question.judged === 'wrong').length
  const count = `Of ${judged.length} ${judged.length === 1 ? 'prediction' : 'predictions'}, ${judged.length - wrong} came out as you said and ${wrong} did not.`
  return wrong === 0 ? [count] : [gapSentence(first), count]
}

function gapSentence({ question, confidence }: Gap): string {
  const sure = confidence === null ? '' : `, ${confidence === 1 ? 'as a guess' : `${confidenceWords[confidence]} sure`}`
  const of = question.subject === '' ? '' : ` (${question.subject})`
  return `${question.ask}${of} You said “${givenText(question)}”${sure}; it came out as “${question.outcome}”.`
}
