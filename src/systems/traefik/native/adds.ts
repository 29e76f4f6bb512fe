/** What a cell may add to Traefik's configuration, and where it stands there. */
import type { Location } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { Cell, Cells } from '../../cell.ts'
import type { YamlData } from '../../emit/yaml.ts'
import type { Site } from '../../system.ts'

export type ByName<Item = YamlData> = Readonly<Record<string, Item>>

/** All of it is asked only with the part of the policy that Traefik can carry out. */
export interface TraefikAdds {
  readonly middlewares?: (policy: Policy) => ByName
  readonly services?: (policy: Policy, site: Site) => ByName
  /** Routers that requests meet before those of the locations. */
  readonly routers?: (policy: Policy) => ByName<Router>
  readonly location?: (location: Location, policy: Policy) => LocationParts
}

export interface Router {
  /** A comment above it. */
  readonly note?: string
  readonly rule: string
  /** Of all routers of a layer whose rules match, the highest takes the request. */
  readonly priority: number
  /** Routers of the layer before: only what they let through comes here. None: clients come here. */
  readonly parents?: readonly string[]
  /** In the order in which requests pass them. */
  readonly middlewares?: readonly string[]
  /** None where other routers have this one as a parent. */
  readonly service?: string
}

export interface LocationParts {
  /** Of several cells the last one's: they are nearest to the origin. */
  readonly parents?: readonly string[]
  readonly middlewares?: readonly string[]
  readonly service?: string
}

export type TraefikCell<F extends keyof Cells> = Cell<F, TraefikAdds>
