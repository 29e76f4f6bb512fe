/** One request, or the same several times: what comes back. */
import type { Answer } from '../../../http/answer.ts'
import { headerOf } from '../../../http/headers.ts'
import { own } from '../../../own.ts'
import type { CheckOf, Expected } from '../../file/check.ts'
import { type CheckTools, type Judged, judged } from '../tools.ts'
import { type Asked, askedBy, expectedWords, fits, requestWords, statusWord, valueWords } from '../words.ts'

export async function judgeHttp(check: CheckOf<'http'>, tools: CheckTools): Promise<Judged> {
  const lines = [...check.before, check.send]
  const { answers, from } = await tools.ask(check.role, lines)
  const asked = askedBy(check.send, from.at(-1)!)
  const all = (own(answers, check.send.as) ?? []).slice(-check.send.times)
  const expected = [
    ...(check.status === undefined ? [] : [String(check.status)]),
    ...Object.entries(check.headers).map(([name, value]) => `${name} ${expectedWords(value, asked(name))}`),
    ...(check.body ? [`the body ${expectedWords(check.body, asked())}`] : []),
  ].join(', ')
  const misfit = all.map((answer) => misfitOf(check, answer, asked)).find((each) => each !== undefined)
  const received = misfit?.received ?? all.map(({ status }) => statusWord(status))[0] ?? 'nothing'
  const request = requestWords(lines, tools.labelOf(check.role))
  return judged(request, expected, received, misfit?.difference)
}

function misfitOf(
  { status, headers, body }: CheckOf<'http'>,
  answer: Answer,
  asked: (header?: string) => Asked,
): { readonly received: string; readonly difference: string } | undefined {
  const received = statusWord(answer.status)
  if (answer.status === 0) return { received, difference: 'no answer came' }
  if (status !== undefined && answer.status !== status) {
    return { received, difference: `the status is ${answer.status}, not ${status}` }
  }
  for (const [name, value] of Object.entries(headers)) {
    const given = headerOf(answer.headers, name)
    if (fits(value, given, asked(name))) continue
    const words = `${name} is ${valueWords(given)}`
    return { received: `${received}, ${words}`, difference: words }
  }
  if (!body || fits(body, answer.body, asked())) return undefined
  return { received: `${received}, the body is ${valueWords(answer.body)}`, difference: bodyDifference(body) }
}

function bodyDifference(body: Expected): string {
  switch (body.kind) {
    case 'contains':
      return `the body does not contain “${body.text}”`
    case 'lacks':
      return `the body contains “${body.text}”`
    case 'equals':
      return `the body is not “${body.text}”`
    case 'present':
      return 'there is no body'
    case 'absent':
      return 'there is a body'
    case 'client-address':
      return 'the body is not the client’s address'
    case 'as-sent':
      return 'the body is not that of the request'
  }
}
