/** What arrived at the origin: headers of every request, how many there were, over how many connections. */
import { headerOf } from '../../../http/headers.ts'
import type { Request } from '../../../http/request.ts'
import type { CheckOf, Expected } from '../../file/check.ts'
import type { RequestLine } from '../../file/request-line.ts'
import type { Seen } from '../../progress/observed-answers.ts'
import { type CheckTools, type Judged, judged } from '../tools.ts'
import {
  type Asked,
  askedBy,
  boundsWords,
  counted,
  expectedWords,
  fits,
  isWithin,
  requestWords,
  statusWords,
  valueWords,
} from '../words.ts'

export async function judgeUpstream(check: CheckOf<'upstream'>, tools: CheckTools): Promise<Judged> {
  const seen = await tools.ask(check.role, check.send)
  const { answers, origin } = seen
  const { headers, requests, connections } = check
  const arrived = origin.last.map((request) => ({ request, askedAs: askedAs(request, check.send, seen) }))
  const expected: string[] = []
  const received: string[] = []
  const differences: string[] = []
  if (Object.keys(headers).length > 0 && arrived.length === 0) {
    received.push('nothing')
    differences.push(`nothing reached the origin; the client got ${statusWords(Object.values(answers).flat())}`)
  }
  for (const [name, value] of Object.entries(headers)) {
    const misfit = arrived.find(
      ({ request, askedAs }) => !fitsAny(value, headerOf(request.headers, name), askedAs(name)),
    )
    const shown = misfit ?? arrived.at(-1)
    expected.push(
      `${name} ${expectedWords(value, shown?.askedAs(name)[0] ?? askedBy(check.send[0]!, seen.from[0]!)(name))}`,
    )
    if (!shown) continue
    const words = `${name} is ${valueWords(headerOf(shown.request.headers, name))}`
    received.push(words)
    if (misfit) differences.push(`at the origin ${words}`)
  }
  if (requests) {
    expected.push(counted(boundsWords(requests), 'request'))
    received.push(counted(origin.requests, 'request'))
    if (!isWithin(origin.requests, requests)) {
      differences.push(`the origin saw ${counted(origin.requests, 'request')}, not ${boundsWords(requests)}`)
    }
  }
  if (connections) {
    expected.push(counted(boundsWords(connections), 'connection'))
    received.push(counted(origin.connections, 'connection'))
    if (!isWithin(origin.connections, connections)) {
      differences.push(
        `${counted(origin.requests, 'request')} came over ${counted(origin.connections, 'connection')}, not ${boundsWords(connections)}`,
      )
    }
  }
  const request = requestWords(check.send, tools.labelOf(check.role))
  return judged(request, expected.join(', '), received.join(', '), differences[0])
}

/**
 * As which of the lines a request was sent that arrived: told by its path, which edges pass on. Lines of one path that
 * differ in what is judged are refused when the lab is read.
 */
function askedAs(
  { path }: Request,
  lines: readonly RequestLine[],
  { from }: Seen,
): (header: string) => readonly Asked[] {
  const all = lines.map((line, n) => ({ line, asked: askedBy(line, from[n]!) }))
  const same = all.filter(({ line }) => line.path === path)
  return (header) => (same.length > 0 ? same : all).map(({ asked }) => asked(header))
}

function fitsAny(expected: Expected, value: string | undefined, asked: readonly Asked[]): boolean {
  return asked.some((each) => fits(expected, value, each))
}
