/** What a cell of NGINX with njs may add: what NGINX takes, and JavaScript. */
import type { Policy } from '../../policy/policy.ts'
import type { Cell, Cells } from '../cell.ts'
import type { NginxAdds } from '../nginx-core/adds.ts'

export interface NjsAdds extends NginxAdds {
  /** Modules by name: `keys` becomes js/edge/keys.js. What calls them imports them where it is, and no other. */
  readonly modules?: Readonly<Record<string, string>>
  /** What policy.json holds for them. */
  readonly data?: (policy: Policy) => Readonly<Record<string, unknown>>
  /** Expressions over the modules, each of which must hold before the system is ready. */
  readonly mustHold?: readonly string[]
}

export type NjsCell<F extends keyof Cells> = Cell<F, NjsAdds>
