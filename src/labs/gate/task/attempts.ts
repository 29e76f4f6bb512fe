/** Whether each solution that a task's author gave was judged rightly. Pure. */
import type { TaskStep, WrongSolution } from '../../file/lab.ts'
import { type Judgement, verdictInWords } from './judgement.ts'
import type { Attempt, Tally } from './tally.ts'

/** One for each time that the solution was judged from fresh. */
export function solutionAttempts(
  { solution }: TaskStep,
  passes: readonly { readonly solved: Judgement }[],
): readonly Attempt[] {
  return passes.map(({ solved }) => accepted(solution, solved))
}

/** Without a judgement: nothing in it was for the systems that play. */
export function alsoAttempt(files: string, judgement: Judgement | undefined): Attempt {
  return judgement ? accepted(files, judgement) : skipped(files)
}

export function wrongAttempt({ files, caught }: WrongSolution, judgement: Judgement | undefined): Attempt {
  if (!judgement) return skipped(files)
  const asked = judgement.verdicts.filter(({ id }) => caught.includes(id))
  const missed = asked.filter(({ state }) => state !== 'wrong')
  const details = missed.map((verdict) =>
    verdict.state === 'right' ? `${verdict.id} is right, and should catch it` : verdictInWords(verdict),
  )
  return { files, judged: details.length === 0 ? 'rightly' : 'wrongly', details }
}

function accepted(files: string, { verdicts }: Judgement): Attempt {
  const details = verdicts.filter(({ state }) => state !== 'right').map(verdictInWords)
  return { files, judged: details.length === 0 ? 'rightly' : 'wrongly', details }
}

function skipped(files: string): Attempt {
  return { files, judged: 'skipped', details: [] }
}

/** Of a task that could not be judged at all. */
export function untried({ id, solution }: TaskStep, why: string): Tally {
  return { task: id, solution: [{ files: solution, judged: 'wrongly', details: [why] }], also: [], wrong: [] }
}
