/** What a cell of Envoy may add to the bootstrap, and where it stands there. */
import type { Location } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { Cell, Cells } from '../../cell.ts'
import type { YamlData } from '../../emit/yaml.ts'
import type { NativeFile, Site } from '../../system.ts'
import type { YamlMap } from './extension.ts'
import type { Mutations } from './header-mutation.ts'

/**
 * Envoy runs the filters of a chain in their order for requests and backwards for answers. A location that caches has
 * two chains: what stands behind a cache is skipped when it answers, and some of it even when it does not.
 */
export type Place = (typeof places)[number]
export const places = ['keys', 'limits', 'headers', 'cache', 'origin'] as const

/** All of it is asked only with the part of the policy that the system can carry out. */
export interface EnvoyAdds {
  /** Filters of the chains, off but where a location switches them on. */
  readonly filters?: (policy: Policy, site: Site) => readonly PlacedFilter[]
  readonly clusters?: (policy: Policy, site: Site) => readonly YamlData[]
  /** Statuses with which the edge refuses, and what it says then instead of Envoy’s own words. */
  readonly refusals?: (policy: Policy) => readonly Refusal[]
  /** A way for each kind of answer that a location has; one, by the path alone, where no cell says otherwise. */
  readonly ways?: (policy: Policy, location: Location) => readonly Way[]
  readonly location?: (location: Location, context: LocationContext) => LocationPart
}

export interface PlacedFilter {
  readonly place: Place
  readonly filter: YamlMap
  /** Why it is there, where that is not what its name says. */
  readonly comment?: string
  /** What it reads. */
  readonly files?: readonly NativeFile[]
}

export interface Refusal {
  readonly status: number
  /** JSON; may hold Envoy’s substitutions. */
  readonly body: YamlMap
  readonly headers?: Readonly<Record<string, string>>
}

export interface Way {
  /** Matchers of request headers that a request must pass beside the path. */
  readonly headers: readonly YamlData[]
  /** What the answer is called in a cache’s key. */
  readonly representation: string
  /** Configuration of the filter that makes the answer, by its name. */
  readonly filters: YamlMap
  /** Request headers that the origin does not get. */
  readonly withheld: readonly string[]
  /** Further fields of the route to the origin. */
  readonly fields?: YamlMap
}

export interface LocationContext {
  readonly policy: Policy
  /** True where the location has several ways. */
  readonly manyWays: boolean
  readonly way: Way
}

export interface LocationPart {
  /** Filters that are on here, by name. `edge` is before a cache, `origin` behind it; without a cache they are one chain. */
  readonly edge?: YamlMap
  readonly origin?: YamlMap
  /** The origin's side is a manager of its own: there is a cache between. */
  readonly apart?: boolean
  /** What header_mutation does at the edge, between the limits and the cache. */
  readonly headers?: Mutations
  /** Request headers that the origin does not get. */
  readonly withheld?: readonly string[]
}

export type EnvoyCell<F extends keyof Cells> = Cell<F, EnvoyAdds>
