import type { LineProbe, ProbeContext } from '../../probes/probe.ts'
import { lineAt, tally, verdict } from '../../probes/probing.ts'
import type { ApiKey } from '../api-key/line.ts'
import type { Quota } from './line.ts'

export interface QuotaNeeds {
  readonly apiKey: readonly ApiKey[]
}

/** A larger one would take longer to use up than a probe should. */
const most = 2000

/**
 * A quota that is used up stays so for a day: of several consumers the last one’s is used up, whom no other probe needs,
 * and these probes are the last of all.
 */
export function quotaProbes(
  { path, requests, period }: Quota,
  { policy, probePaths, admitted, inTurn }: ProbeContext<QuotaNeeds>,
): readonly LineProbe[] {
  const [place] = probePaths(path, 1)
  const consumers = place === undefined ? undefined : lineAt(policy.apiKey, place)?.consumers
  if (place === undefined || !consumers || requests > most) return []
  const last = consumers.length - 1
  const beyond = 5
  const ask = (count: number) => Array.from({ length: count }, () => admitted(place, {}, last))
  return [
    {
      id: 'ends',
      claim: `a consumer gets at most ${requests} answers in a ${period}; what comes then is told 429`,
      run: async (tools) => {
        const answers = await inTurn(tools, place, ...ask(requests + beyond))
        const passed = answers.filter(({ status }) => status === 200)
        const refused = answers.filter(({ status }) => status === 429)
        const ended = answers.slice(-beyond)
        return verdict(
          passed.length <= requests &&
            passed.length > 0 &&
            passed.length + refused.length === answers.length &&
            ended.every(({ status }) => status === 429),
          `at most ${requests} × 200, the last ${beyond} × 429`,
          tally(answers.map(({ status }) => status)),
          [passed[0], refused[0]].filter((answer) => answer !== undefined),
        )
      },
    },
    ...(consumers.length > 1
      ? [
          {
            id: 'own',
            claim: 'a quota that is used up is one consumer’s: another one’s lasts',
            run: async (tools) => {
              const answers = await inTurn(tools, place, admitted(place, {}, last), admitted(place, {}, 0))
              const statuses = answers.map(({ status }) => status)
              return verdict(
                statuses[0] === 429 && statuses[1] === 200,
                '429, and 200 for the other consumer',
                statuses.join(', '),
                answers,
              )
            },
          } satisfies LineProbe,
        ]
      : []),
  ]
}
