/** What a cell of NGINX may add to the configuration, and where it stands there. */

import type { CacheKeyPart } from '../../policy/features/cache/line.ts'
import type { Location } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Cell, Cells } from '../cell.ts'
import type { ConfNode } from '../emit/nginx-conf.ts'
import type { Site } from '../system.ts'

/** All of it is asked only with the part of the policy that the system can carry out. */
export interface NginxAdds {
  /** Settings of the http block. */
  readonly http?: (policy: Policy, site: Site) => readonly ConfNode[]
  /** Upstream blocks: after the settings, before the server. */
  readonly upstreams?: (policy: Policy, site: Site) => readonly ConfNode[]
  /** Settings of the server that clients reach. */
  readonly server?: (policy: Policy) => readonly ConfNode[]
  /** Named locations of that server: what an error_page leads to. */
  readonly namedLocations?: (policy: Policy) => readonly ConfNode[]
  /** Further servers, after that one. */
  readonly servers?: (policy: Policy, site: Site) => readonly ConfNode[]
  /** The variable that holds the verified consumer, where the policy makes one. */
  readonly consumer?: (policy: Policy) => string | undefined
  /** Variables that tell apart what a location answers, by the part of a cache key that they are. */
  readonly keyParts?: (policy: Policy, location: Location) => KeyParts
  /** Lines of one location, by their place in it. */
  readonly location?: (location: Location, context: LocationContext) => LocationLines
}

export type KeyParts = Readonly<Partial<Record<CacheKeyPart, string>>>

export interface LocationContext {
  readonly policy: Policy
  readonly site: Site
  /** Of all cells. */
  readonly keyParts: KeyParts
}

export interface LocationLines {
  /** Who may pass: first of all. */
  readonly admission?: readonly ConfNode[]
  readonly cache?: readonly ConfNode[]
  /** Request headers that the origin gets in place of the client's; an empty value takes one away. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Headers of the answer (add_header); a location that has one of its own inherits none, so that all are repeated. */
  readonly answerHeaders?: readonly ConfNode[]
  /** The origin is asked for answers that are not compressed. */
  readonly uncompressed?: boolean
  /** Where the request goes. Of several the last counts: it goes a longer way round. */
  readonly pass?: readonly ConfNode[]
}

export type NginxCell<F extends keyof Cells> = Cell<F, NginxAdds>
