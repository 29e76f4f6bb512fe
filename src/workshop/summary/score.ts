/** Right and wrong answers, and how sure people were of them. */
import type { Confidence } from '../../labs/progress/progress.ts'
import type { Answer } from './answers.ts'

export interface Score {
  readonly answered: number
  /** Answers whose outcome that participant’s own runs have shown. */
  readonly judged: number
  readonly right: number
  readonly wrong: number
  /** Of judged answers with a confidence, from 1 (a guess) to 3 (sure). */
  readonly bySureness: Readonly<Record<Confidence, { readonly judged: number; readonly right: number }>>
  /** Sure, and wrong: there is most to learn. */
  readonly confidentAndWrong: number
}

const surest: Confidence = 3

export function scoreOf(answers: readonly Answer[]): Score {
  const judged = answers.filter(({ isRight }) => isRight !== null)
  const right = judged.filter(({ isRight }) => isRight)
  const at = (confidence: Confidence) => ({
    judged: judged.filter((each) => each.confidence === confidence).length,
    right: right.filter((each) => each.confidence === confidence).length,
  })
  const bySureness = { 1: at(1), 2: at(2), 3: at(3) }
  return {
    answered: answers.filter(({ value }) => value !== null).length,
    judged: judged.length,
    right: right.length,
    wrong: judged.length - right.length,
    bySureness,
    confidentAndWrong: bySureness[surest].judged - bySureness[surest].right,
  }
}
