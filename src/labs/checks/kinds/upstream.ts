/** What arrived at the origin: headers of every request, how many there were, over how many connections. */
import { headerOf } from '../../../http/headers.ts'
import type { CheckOf } from '../../file/check.ts'
import { type CheckTools, type Judged, judged } from '../tools.ts'
import { boundsWords, counted, expectedWords, fits, isWithin, requestWords, statusWords, valueWords } from '../words.ts'

export async function judgeUpstream(check: CheckOf<'upstream'>, tools: CheckTools): Promise<Judged> {
  const { answers, origin, from } = await tools.ask(check.role, check.send)
  const { headers, requests, connections } = check
  const expected = [
    ...Object.entries(headers).map(([name, value]) => `${name} ${expectedWords(value, from)}`),
    ...(requests ? [counted(boundsWords(requests), 'request')] : []),
    ...(connections ? [counted(boundsWords(connections), 'connection')] : []),
  ].join(', ')
  const received: string[] = []
  const differences: string[] = []
  if (Object.keys(headers).length > 0 && origin.last.length === 0) {
    received.push('nothing')
    differences.push(`nothing reached the origin; the client got ${statusWords(Object.values(answers).flat())}`)
  }
  for (const [name, value] of Object.entries(headers)) {
    const newest = origin.last.at(-1)
    if (!newest) continue
    const odd = origin.last.find((request) => !fits(value, headerOf(request.headers, name), from)) ?? newest
    const words = `${name} is ${valueWords(headerOf(odd.headers, name))}`
    received.push(words)
    if (!fits(value, headerOf(odd.headers, name), from)) differences.push(`at the origin ${words}`)
  }
  if (requests) {
    received.push(counted(origin.requests, 'request'))
    if (!isWithin(origin.requests, requests)) {
      differences.push(`the origin saw ${counted(origin.requests, 'request')}, not ${boundsWords(requests)}`)
    }
  }
  if (connections) {
    received.push(counted(origin.connections, 'connection'))
    if (!isWithin(origin.connections, connections)) {
      differences.push(
        `${counted(origin.requests, 'request')} came over ${counted(origin.connections, 'connection')}, not ${boundsWords(connections)}`,
      )
    }
  }
  return judged(requestWords(check.send, tools.labelOf(check.role)), expected, received.join(', '), differences[0])
}
