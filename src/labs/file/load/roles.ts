/** The roles of a lab: their native folders, and whom they differ from. */
import { traitWords } from '../../../systems/traits.ts'
import { differIn } from '../differing.ts'
import { filesBelow, type LabParts, reference, type Say } from './parts.ts'

export function checkRoles(parts: LabParts, say: Say): void {
  const names = parts.roleNames
  for (const [name, { systems, native, differs }] of Object.entries(parts.roles)) {
    for (const [system, folder] of Object.entries(native)) {
      const path = ['roles', name, 'native', system]
      if (!systems.some((each) => each === system)) say(path, `${system} is not among the systems of ${name}`)
      if (filesBelow(parts, `files/${folder}`).size === 0)
        say(path, `there is no folder files/${folder} with files in it`)
    }
    if (!differs) continue
    const at = ['roles', name, 'differs']
    // Roles are cast in their order: the other one must have its system by then.
    reference([...at, 'from'], differs.from, 'role before this one', names.slice(0, names.indexOf(name)), say)
    const others = parts.roles[differs.from]?.systems ?? []
    const canDiffer = systems.some((one) => others.some((other) => differIn(differs.in, one, other)))
    if (others.length > 0 && !canDiffer) {
      say([...at, 'in'], `no system of ${name} differs from any of ${differs.from} in ${traitWords[differs.in]}`)
    }
  }
}
