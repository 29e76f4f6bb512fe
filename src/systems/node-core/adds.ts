/** What a cell of our own programs adds to `edge.json`. */
import type { Location } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Cell, Cells } from '../cell.ts'
import type { Site } from '../system.ts'
import type { EdgeConfig, EdgeLocation, FilterName } from './config.ts'

export interface EdgeAdds {
  /** Members of the file. */
  readonly file?: (policy: Policy, site: Site) => Partial<EdgeConfig>
  /** Members of one location. */
  readonly location?: (location: Location, policy: Policy) => Partial<EdgeLocation>
  /** The filter of the program that carries the feature out. */
  readonly filter?: FilterName
}

export type EdgeCell<F extends keyof Cells> = Cell<F, EdgeAdds>
