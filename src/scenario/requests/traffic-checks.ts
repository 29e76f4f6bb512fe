/** What is wrong with the traffic of a scenario that no single line of it can see. */
import { own } from '../../own.ts'
import type { ScenarioInput } from '../input.ts'
import { hasSpells } from '../origin-input.ts'
import type { MixEntry } from '../scenario.ts'
import { pathOf, routeOf, serves } from '../served.ts'

/** One rate from beginning to end: any part of it is like any other. */
export function isSteady({ rate, to }: ScenarioInput['traffic'][number]): boolean {
  return rate !== undefined && (to === undefined || to === rate)
}

export interface TrafficProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

const longestMs = 10 * 60_000

/** Parts of the file that could not be read are missing, and what rests on them is passed over. */
export function trafficProblems(input: Partial<ScenarioInput>): readonly TrafficProblem[] {
  const { traffic = [] } = input
  const each = traffic.flatMap((phase, index) => [
    ...(traffic.findIndex(({ phase: name }) => name === phase.phase) < index
      ? [{ path: ['traffic', index, 'phase'], message: `there is a phase “${phase.phase}” already` }]
      : []),
    ...(phase.for === 0 && phase.atOnce === undefined
      ? [{ path: ['traffic', index, 'for'], message: 'a phase of no duration sends nothing: give it some time' }]
      : []),
    ...pacingProblems(input.measure, phase).map((message) => ({ path: ['traffic', index], message })),
    ...(input.measure === 'slices' && !phase.warmUp && !isSteady(phase)
      ? [{ path: ['traffic', index], message: 'slices take a steady rate: a burst or a ramp needs measure: rounds' }]
      : []),
    ...phase.mix.flatMap((entry, at) =>
      entryProblems(input, entry).map(({ field, message }) => ({
        path: ['traffic', index, 'mix', at, field],
        message,
      })),
    ),
  ])
  const timed = Object.entries(input.origins ?? {}).flatMap(([name, origin]) => (hasSpells(origin) ? [name] : []))
  const untimed =
    (input.measure ?? 'rounds') !== 'rounds'
      ? `${input.measure} has no beginning to count from: it needs measure: rounds`
      : input.rounds?.quickShare === undefined
        ? undefined
        : 'a look would shorten the phases and not this: leave quickShare out'
  const whole = (message: string): TrafficProblem => ({ path: ['traffic'], message })
  return [
    ...each,
    ...(untimed === undefined
      ? []
      : timed.map((name) => ({
          path: ['origins', name],
          message: `an origin that fails or is slow at a time: ${untimed}`,
        }))),
    ...(traffic.reduce((sum, phase) => sum + phase.for, 0) > longestMs
      ? [whole('a round is longer than 10 minutes')]
      : []),
    ...(traffic.length > 0 && traffic.every(({ warmUp }) => warmUp)
      ? [whole('every phase is warm-up, so nothing would be measured')]
      : []),
  ]
}

/** What is wrong with how a phase paces its requests, by the way of measuring. */
function pacingProblems(
  measure: ScenarioInput['measure'],
  { rate, to, arrivals, atOnce }: ScenarioInput['traffic'][number],
): readonly string[] {
  if (measure !== 'capacity') {
    return rate === undefined && atOnce === undefined ? ['a phase has either a rate or atOnce'] : []
  }
  return [rate, to, arrivals, atOnce].every((each) => each === undefined)
    ? []
    : ['with measure: capacity each answer brings the next request: leave out rate, to, arrivals and atOnce']
}

function entryProblems(
  { clients, policy, origins }: Partial<ScenarioInput>,
  entry: MixEntry,
): readonly { readonly field: string; readonly message: string }[] {
  const { client } = entry
  const unknown =
    clients && !Object.hasOwn(clients, client)
      ? `there is no client “${client}”; there are ${Object.keys(clients).join(', ')}`
      : undefined
  // Without any route the routes themselves could not be read: that is the mistake.
  const unserved = policy && policy.routes.length > 0 && origins ? whyUnserved(policy, origins, entry) : undefined
  return [
    ...(unknown === undefined ? [] : [{ field: 'client', message: unknown }]),
    ...(unserved === undefined ? [] : [{ field: entry.method.toLowerCase(), message: unserved }]),
  ]
}

/** Why every answer to a line that expects a success would be a 404; undefined where it would not. */
function whyUnserved(
  policy: NonNullable<ScenarioInput['policy']>,
  origins: NonNullable<ScenarioInput['origins']>,
  entry: MixEntry,
): string | undefined {
  const { expect = [200] } = entry
  if (expect.includes(404) || expect.every((status) => status >= 300)) return undefined
  const path = pathOf(entry)
  const otherwise = 'so every answer would be a 404; if that is meant, add expect: 404'
  const route = routeOf(policy, path)
  if (!route) {
    const known = policy.routes.map((each) => each.path).join(', ')
    return `no route of the policy takes ${path} (it has ${known}; capitals matter), ${otherwise}`
  }
  const origin = own(origins, route.origin)
  if (!origin || serves(origin, path)) return undefined
  const known = origin.routes.map((each) => each.path).join(', ')
  return `the origin “${route.origin}” has no route for ${path} (it has ${known}; capitals matter), ${otherwise}`
}
