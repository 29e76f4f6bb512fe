/** What a cell may add to Caddy's configuration, and where it stands there. */
import type { Location } from '../../../policy/locations.ts'
import type { Name, Policy } from '../../../policy/policy.ts'
import type { Cell, Cells } from '../../cell.ts'
import type { JsonData } from '../../emit/json.ts'
import type { Site } from '../../system.ts'

/** A module of Caddy with its settings, for example a handler: `{ "handler": "static_response", "status_code": 404 }`. */
export type Module = Readonly<Record<string, JsonData>>

/** All of it is asked only with the part of the policy that Caddy can carry out. */
export interface CaddyAdds {
  /** Handlers that every request passes before any route is chosen. */
  readonly first?: (policy: Policy) => readonly Module[]
  readonly location?: (location: Location, policy: Policy) => LocationParts
  /** Settings of the reverse_proxy handler of an origin. */
  readonly proxy?: (origin: Name, policy: Policy, site: Site) => Module
}

export interface LocationParts {
  /** What is answered in the origin's place, where a matcher beside the path's matches: first of all. */
  readonly refusals?: readonly Refusal[]
  /** Changes of the headers with which the origin is asked. */
  readonly headers?: HeaderChanges
  /** A name for these changes, where requests to one origin may be given others. */
  readonly apart?: string
}

export interface Refusal {
  readonly match: Module
  readonly answer: Module
}

export interface HeaderChanges {
  /** Placeholders are replaced. */
  readonly set?: Readonly<Record<string, readonly string[]>>
  readonly delete?: readonly string[]
}

export type CaddyCell<F extends keyof Cells> = Cell<F, CaddyAdds>
