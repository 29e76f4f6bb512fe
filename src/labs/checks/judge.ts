/** One check → one verdict. A check that cannot be judged does not throw: its verdict is unknown, with the reason. */
import { EdgeLabError } from '../../errors.ts'
import type { Check, CheckVerdict } from '../file/check.ts'
import type { TaskCheck } from '../file/lab.ts'
import { mistakeOfProblems } from './file-mistake.ts'
import { judgeCache } from './kinds/cache.ts'
import { judgeAll, judgeAny, judgeNot } from './kinds/combined.ts'
import { judgeAnswer, judgeCompare } from './kinds/compare.ts'
import { judgeConfig } from './kinds/config.ts'
import { judgeHttp } from './kinds/http.ts'
import { judgeRate } from './kinds/rate.ts'
import { judgeSequence } from './kinds/sequence.ts'
import { judgeTransform } from './kinds/transform.ts'
import { judgeUpstream } from './kinds/upstream.ts'
import { type CheckTools, cannotTell, type Judged } from './tools.ts'

/** `signal`: a check that it stops is unknown. */
export async function judgeCheck(
  { id, describe, check }: TaskCheck,
  tools: CheckTools,
  signal: AbortSignal,
): Promise<CheckVerdict> {
  return { id, describe, ...(verdictOfProblem(check, tools) ?? (await judge(check, tools, signal))) }
}

async function judge(check: Check, tools: CheckTools, signal: AbortSignal): Promise<Judged> {
  const asides = new Set<string>()
  const heard: CheckTools = {
    ...tools,
    ask: async (role, lines) => {
      const seen = await tools.ask(role, lines)
      if (seen.aside !== '') asides.add(seen.aside)
      return seen
    },
  }
  try {
    const verdict = await judgeKind(check, heard)
    return asides.size === 0 ? verdict : { ...verdict, received: [verdict.received, ...asides].join('; ') }
  } catch (error) {
    if (signal.aborted) return cannotTell('', 'it was stopped before it was judged')
    if (!(error instanceof EdgeLabError)) throw error
    if (error.name === 'badInput') return wrongFiles(mistakeOfProblems(error.problems))
    return cannotTell('', error.message)
  }
}

/**
 * A role of the check, or of a part of it, that cannot be asked: wrong where the learner's files are the reason, else
 * unknown. Decided before anything is asked, so that `not` never turns a broken file into a right answer.
 */
function verdictOfProblem(check: Check, tools: CheckTools): Judged | undefined {
  const problems = rolesOf(check).flatMap((role) => tools.problemOf(role) ?? [])
  const mistake = problems.find((problem) => problem.state === 'mistake')
  if (mistake) return wrongFiles(mistake.mistake)
  const down = problems.find((problem) => problem.state === 'down')
  return down && cannotTell('', down.why)
}

function wrongFiles({ said, difference }: { readonly said: string; readonly difference: string }): Judged {
  return { state: 'wrong', request: '', expected: 'files that are accepted', received: said, difference }
}

function rolesOf(check: Check): readonly string[] {
  switch (check.kind) {
    case 'compare':
      return check.roles
    case 'answer':
      return []
    case 'all':
    case 'any':
      return check.checks.flatMap(rolesOf)
    case 'not':
      return rolesOf(check.check)
    default:
      return [check.role]
  }
}

function judgeKind(check: Check, tools: CheckTools): Promise<Judged> | Judged {
  switch (check.kind) {
    case 'http':
      return judgeHttp(check, tools)
    case 'sequence':
      return judgeSequence(check, tools)
    case 'rate':
      return judgeRate(check, tools)
    case 'cache':
      return judgeCache(check, tools)
    case 'transform':
      return judgeTransform(check, tools)
    case 'upstream':
      return judgeUpstream(check, tools)
    case 'config':
      return judgeConfig(check, tools)
    case 'compare':
      return judgeCompare(check, tools)
    case 'answer':
      return judgeAnswer(check, tools)
    case 'all':
      return judgeAll(check, tools, judgeKind)
    case 'any':
      return judgeAny(check, tools, judgeKind)
    case 'not':
      return judgeNot(check, tools, judgeKind)
  }
}
