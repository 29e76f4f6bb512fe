/** Keys have one way to be sent: as a client's. In any other header a key would be recorded as plain text. */
import { headerOf } from '../../http/headers.ts'
import { carriersOf } from '../../policy/credentials.ts'
import type { ScenarioInput } from '../input.ts'
import type { TrafficProblem } from './traffic-checks.ts'

/** Headers of clients and lines that carry a key of the policy. */
export function keyHeaderProblems({
  policy,
  clients = {},
  traffic = [],
}: Partial<ScenarioInput>): readonly TrafficProblem[] {
  const carriers = policy ? carriersOf(policy) : []
  const inHeaders = (
    headers: Parameters<typeof headerOf>[0],
    path: TrafficProblem['path'],
    instead: string,
  ): readonly TrafficProblem[] =>
    carriers
      .filter((name) => headerOf(headers, name) !== undefined)
      .map((name) => ({ path: [...path, 'headers', name], message: `“${name}” carries the key: ${instead}` }))
  return [
    ...Object.entries(clients).flatMap(([name, { headers }]) =>
      inHeaders(headers, ['clients', name], 'write consumer, or key for one that nobody has'),
    ),
    ...traffic.flatMap(({ mix }, index) =>
      mix.flatMap(({ headers }, at) =>
        inHeaders(headers, ['traffic', index, 'mix', at], 'it is sent by a client with a consumer or a key'),
      ),
    ),
  ]
}
