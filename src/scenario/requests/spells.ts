/** Spells of an origin – it fails, it is slow – and the clients whose answers show what a cache makes of them. */
import type { OriginRoute, Scenario, Spell } from '../scenario.ts'
import { pathOf, routeOf, segmentsTake } from '../served.ts'

/** When an origin has a spell, and the clients who then ask for what is behind it and nothing else. */
export interface Spelled<S extends Spell> {
  readonly spell: S
  readonly clients: readonly string[]
}

export type Asking = Pick<Scenario, 'clients' | 'traffic' | 'policy' | 'origins'>

/** Undefined where no origin has such a spell, or everybody also asks for what has none. */
export function spelled<S extends Spell>(
  scenario: Asking,
  spellOf: (route: OriginRoute) => S | undefined,
): Spelled<S> | undefined {
  const spellAt = (path: string): S | undefined => {
    const routes = scenario.origins[routeOf(scenario.policy, path)?.origin ?? '']?.routes ?? []
    const route = routes.find((each) => segmentsTake(each.path.split('/'), path.split('/')))
    return route && spellOf(route)
  }
  const each = Object.keys(scenario.clients).flatMap((client) => {
    const asked = scenario.traffic.flatMap(({ mix }) => mix.filter((entry) => entry.client === client))
    const spells = asked.map((entry) => spellAt(pathOf(entry)))
    const [spell] = spells
    return spell && spells.every((other) => other === spell) ? [{ client, spell }] : []
  })
  const [first] = each
  if (!first) return undefined
  return { spell: first.spell, clients: each.filter(({ spell }) => spell === first.spell).map(({ client }) => client) }
}
