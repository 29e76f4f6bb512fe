import type { Exchange } from '../../../http/answer.ts'
import { headerOf } from '../../../http/headers.ts'
import { get, type Request } from '../../../http/request.ts'
import { formatNumber } from '../../../units.ts'
import type { LineProbe, ProbeContext, ProbeTools } from '../../probes/probe.ts'
import { lineAt, tally, verdict, whileDressed } from '../../probes/probing.ts'
import type { ApiKey } from '../api-key/line.ts'
import { keptBusy } from './kept-busy.ts'
import type { RateLimit } from './line.ts'

export interface RateLimitNeeds {
  readonly apiKey: readonly ApiKey[]
}

export function rateLimitProbes(
  line: RateLimit,
  { policy, probePaths, admitted, rested }: ProbeContext<RateLimitNeeds>,
): readonly LineProbe[] {
  const { path, ratePerSecond, burst, per } = line
  const flood = burst + Math.max(10, Math.ceil(burst / 2))
  const [place] = probePaths(path, 1)
  if (place === undefined) return []
  const apiKey = lineAt(policy.apiKey, place)
  const ask = (count: number): readonly Request[] => Array.from({ length: count }, () => admitted(place))
  const quickMs = (((flood - burst) / ratePerSecond) * 1000) / 2
  /**
   * A cold system on a busy machine may take so long over the flood that all of it fits the limit: then it says nothing, and
   * is sent again, larger in the end. What is refused costs a system little, so a larger one is over the limit all the same.
   */
  const floodOver = async (tools: ProbeTools, sizes = [1, 1, 2, 2, 4, 4]): Promise<readonly Exchange[]> => {
    const [size = 1, ...more] = sizes
    await rested(tools, place)
    const answers = await tools.together(ask(flood * size))
    const isTold = msOf(answers) <= quickMs || answers.some(({ status }) => status === 429)
    return isTold || more.length === 0 ? answers : floodOver(tools, more)
  }
  // While the flood is answered the bucket refills: so much may pass on top, and twice a window across its border.
  const mostOf = (answers: readonly Exchange[]): number =>
    burst * 2 + Math.floor((ratePerSecond * msOf(answers)) / 1000)
  const probes: readonly LineProbe[] = [
    {
      id: 'refuses',
      aspect: 'burst',
      claim: `of ${flood} requests at once about ${burst} pass; the others are told 429 and when to come back`,
      run: async (tools) => {
        const answers = await floodOver(tools)
        const most = mostOf(answers)
        const passedCount = answers.filter(({ status }) => status === 200).length
        const refused = answers.filter(({ status }) => status === 429)
        const told = refused.every(({ headers }) => Number(headerOf(headers, 'retry-after')) >= 1)
        return verdict(
          passedCount >= burst &&
            passedCount <= most &&
            passedCount + refused.length === answers.length &&
            told &&
            refused.length > 0,
          `${burst} × 200 (at most ${most} where a window’s border is crossed), the rest 429 with Retry-After`,
          `${tally(answers.map(({ status }) => status))}${told ? '' : ', Retry-After missing'}`,
          [answers.find(({ status }) => status === 200), refused[0]].filter((answer) => answer !== undefined),
        )
      },
    },
    {
      id: 'refills',
      aspect: 'burst',
      claim: `after a pause of ${formatNumber(burst / ratePerSecond)} s the bucket is full again`,
      run: async (tools) => {
        await tools.together(ask(flood))
        await rested(tools, place)
        const answers = await tools.together(ask(burst))
        return verdict(
          answers.every(({ status }) => status === 200),
          `${burst} × 200`,
          tally(answers.map(({ status }) => status)),
          answers,
        )
      },
    },
    ...(per === 'address' && apiKey
      ? [
          {
            id: 'bad-keys',
            claim: 'a stranger’s bad keys cost nobody at the same address anything',
            run: async (tools: ProbeTools) => {
              await rested(tools, place)
              await tools.together(
                Array.from({ length: flood }, () => get(place, { [apiKey.header]: 'nobody-has-this' })),
              )
              const [answer] = await tools.send(admitted(place))
              return verdict(answer?.status === 200, '200', String(answer?.status), answer ? [answer] : [])
            },
          },
        ]
      : []),
    ...(per === 'consumer' && apiKey && apiKey.consumers.length > 1
      ? [
          {
            id: 'separate',
            claim: 'one consumer’s flood and a stranger’s bad keys cost another consumer nothing',
            run: async (tools: ProbeTools) => {
              await rested(tools, place)
              const stranger = get(place, { [apiKey.header]: 'nobody-has-this' })
              const strangers = Array.from({ length: flood }, () => stranger)
              await tools.together([...ask(flood), ...strangers])
              const [answer] = await tools.send(admitted(place, {}, 1))
              return verdict(
                answer?.status === 200,
                '200 for the other consumer',
                String(answer?.status),
                answer ? [answer] : [],
              )
            },
          },
        ]
      : []),
    ...keptBusy(line, flood, ask, (tools) => rested(tools, place)),
  ]
  // May be stored: for an answer that may not be, a cache could make the flood queue.
  const dressed = { [place]: { headers: { 'cache-control': 'max-age=60' } } }
  return probes.map((probe) => ({ ...probe, run: (tools) => whileDressed(tools, dressed, () => probe.run(tools)) }))
}

/** What answers to requests took that were sent at the same time, all of them. */
function msOf(answers: readonly Exchange[]): number {
  return Math.max(...answers.map(({ durationMs }) => durationMs))
}
