/** The answer's data, parsed, against what the origin itself answers. */
import type { Answer } from '../../../http/answer.ts'
import { headerOf, withHeaders } from '../../../http/headers.ts'
import { representationProblem } from '../../../policy/features/transform/probes.ts'
import type { CheckOf } from '../../file/check.ts'
import { type CheckTools, cannotTell, type Judged, judged } from '../tools.ts'
import { requestWords, statusWord } from '../words.ts'

const names = { json: 'JSON', xml: 'XML', 'compact-json': 'compact JSON' } as const

export async function judgeTransform(check: CheckOf<'transform'>, tools: CheckTools): Promise<Judged> {
  const lines = [...check.before, check.send]
  const request = requestWords(lines, tools.labelOf(check.role))
  // An origin that has several forms itself is asked for its JSON, whatever the client wants.
  const headers = withHeaders(check.send.headers, [['accept', 'application/json']])
  const reference = await tools.reference({ ...check.send, headers })
  if (reference.status !== 200) {
    return cannotTell(request, `the origin itself answers ${statusWord(reference.status)} to ${check.send.path}`)
  }
  const { answers } = await tools.ask(check.role, lines)
  const expected = `the origin’s data as ${names[check.as]}`
  const all = (answers[check.send.as] ?? []).slice(-check.send.times)
  const misfit = all.map((answer) => misfitOf(check.as, answer, reference)).find((each) => each !== undefined)
  const type = headerOf(all[0]?.headers ?? [], 'content-type') ?? 'no type'
  return judged(request, expected, `${statusWord(all[0]?.status ?? 0)}, ${type}`, misfit)
}

function misfitOf(as: CheckOf<'transform'>['as'], answer: Answer, reference: Answer): string | undefined {
  if (answer.status !== 200) return `the status is ${statusWord(answer.status)}, not 200`
  const type = headerOf(answer.headers, 'content-type') ?? ''
  if (as === 'json') return answer.body === reference.body ? undefined : 'these are not the origin’s bytes'
  return representationProblem(answer.body, type, reference.body, { as })
}
