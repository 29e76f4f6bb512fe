/** Several checks as one. The verdict shown is that of the check that decided. */
import type { Check, CheckOf } from '../../file/check.ts'
import type { CheckTools, Judged } from '../tools.ts'

type Judge = (check: Check, tools: CheckTools) => Promise<Judged> | Judged

export async function judgeAll({ checks }: CheckOf<'all'>, tools: CheckTools, judge: Judge): Promise<Judged> {
  const verdicts: Judged[] = []
  for (const check of checks) {
    const verdict = await judge(check, tools)
    if (verdict.state === 'wrong') return verdict
    verdicts.push(verdict)
  }
  return verdicts.find(({ state }) => state === 'unknown') ?? together(verdicts, ' and ')
}

export async function judgeAny({ checks }: CheckOf<'any'>, tools: CheckTools, judge: Judge): Promise<Judged> {
  const verdicts: Judged[] = []
  for (const check of checks) {
    const verdict = await judge(check, tools)
    if (verdict.state === 'right') return verdict
    verdicts.push(verdict)
  }
  return verdicts.find(({ state }) => state === 'unknown') ?? together(verdicts, ' or ')
}

export async function judgeNot({ check }: CheckOf<'not'>, tools: CheckTools, judge: Judge): Promise<Judged> {
  const verdict = await judge(check, tools)
  const expected = `not: ${verdict.expected}`
  if (verdict.state === 'right') {
    return { ...verdict, state: 'wrong', expected, difference: `this must not be: ${verdict.received}` }
  }
  return verdict.state === 'wrong' ? { ...verdict, state: 'right', expected, difference: '' } : verdict
}

/** Joins the verdicts of checks that all have one state. */
function together(verdicts: readonly Judged[], and: string): Judged {
  const said = (of: keyof Omit<Judged, 'state'>, between: string): string =>
    [...new Set(verdicts.map((verdict) => verdict[of]).filter((words) => words !== ''))].join(between)
  return {
    state: verdicts[0]!.state,
    request: said('request', '; '),
    expected: said('expected', and),
    received: said('received', '; '),
    difference: said('difference', '; '),
  }
}
