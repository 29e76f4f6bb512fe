/** Whether two systems differ in kind, by what they declare. */
import { type SystemId, systems } from '../../systems/index.ts'
import type { System } from '../../systems/system.ts'
import type { Trait } from '../../systems/traits.ts'

/** False too where one of them declares nothing: what is not known is no contrast. */
export function differIn(trait: Trait, one: SystemId, other: SystemId): boolean {
  const [first, second] = [one, other].map((id) => (systems[id] as System).traits?.[trait])
  return first !== undefined && second !== undefined && first !== second
}
