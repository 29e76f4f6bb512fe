/** What a cell of Kong may add: entities of its declarative configuration, and plugins of the routes. */
import type { Location } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { Cell, Cells } from '../../cell.ts'
import type { YamlData } from '../../emit/yaml.ts'
import type { Site } from '../../system.ts'

type Config = Readonly<Record<string, YamlData | undefined>>

/** The plugins that are used here. Kong runs them in the order of their own priorities, not in that of a file. */
export type PluginName =
  | 'pre-function'
  | 'key-auth'
  | 'acl'
  | 'rate-limiting'
  | 'request-transformer'
  | 'request-termination'
  | 'proxy-cache'
  | 'post-function'

export interface Plugin {
  readonly name: PluginName
  readonly config: Config
  /** Why it is there, where that is no matter of course. */
  readonly comment?: string
}

/** Functions of one plugin, by the phase in which it calls them: several cells may add to one plugin. */
export interface Functions {
  readonly plugin: 'pre-function' | 'post-function'
  readonly phase: 'header_filter' | 'body_filter'
  /** A chunk that returns the function. */
  readonly lua: string
}

/** What of requests and answers a route changes. */
export interface RouteAdds {
  readonly plugins?: readonly Plugin[]
  readonly functions?: readonly Functions[]
  /** Request headers that the origin does not get. */
  readonly withheld?: readonly string[]
  /** Request headers that it gets, each as a template of request-transformer. */
  readonly added?: Readonly<Record<string, string>>
}

export interface KongAdds {
  readonly upstreams?: (policy: Policy, site: Site) => readonly Config[]
  readonly consumers?: (policy: Policy) => readonly Config[]
  readonly route?: (location: Location, policy: Policy) => RouteAdds
  /** Lua modules that functions call, by the name that `require` takes: the sandbox is opened for `entry` alone. */
  readonly modules?: { readonly entry: string; readonly sources: Readonly<Record<string, string>> }
}

export type KongCell<F extends keyof Cells> = Cell<F, KongAdds>
