/** What a cell of NGINX with Lua may add: what NGINX takes, and Lua. */
import type { Location } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Cell, Cells } from '../cell.ts'
import type { LuaData } from '../emit/lua.ts'
import type { NginxAdds } from '../nginx-core/adds.ts'

export interface LuaAdds extends NginxAdds {
  /** The call of the access phase that lets a request pass or refuses it; undefined where the location has no such line. */
  readonly access?: (policy: Policy, location: Location) => string | undefined
  /** Lua modules, by the name that `require` takes. */
  readonly modules?: Readonly<Record<string, string>>
  /** What the module `edge.policy` holds for them. */
  readonly data?: (policy: Policy) => Readonly<Record<string, LuaData>>
  /** Shared dictionaries: name → size. */
  readonly sharedDicts?: Readonly<Record<string, string>>
}

export type LuaCell<F extends keyof Cells> = Cell<F, LuaAdds>
