/** Who plays which role on this machine: of each role the first system that can run here. */
import { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import { chooseRuntime } from '../../runtime/choose.ts'
import type { Availability, RuntimeKind } from '../../runtime/topology.ts'
import { launches, type SystemId } from '../../systems/index.ts'
import type { Lab, Role } from '../file/lab.ts'

/** Who plays which role here. */
export interface Cast {
  readonly runtime: RuntimeKind
  /** Why this runtime, in words. */
  readonly reason: string
  readonly assignments: readonly RoleAssignment[]
}

export interface RoleAssignment {
  readonly role: Name
  readonly title: string
  readonly system: SystemId
  readonly label: string
  /** Why the preferred system does not play: `nginx cannot run here: …`; empty where it does. */
  readonly instead: string
}

/**
 * Throws EdgeLabError `nothingRuns` where no system of a role can run here, and what choosing a runtime throws. `note`: what
 * goes on meanwhile, such as pulling an image.
 */
export async function castLab(
  lab: Pick<Lab, 'roles'>,
  runtime: 'auto' | RuntimeKind,
  note: (line: string) => void,
): Promise<Cast> {
  const named = new Set(lab.roles.flatMap((role) => role.systems))
  const { kind, reason, availability } = await chooseRuntime(runtime, launches([...named]), note)
  return { runtime: kind, reason, assignments: assignRoles(lab.roles, availability) }
}

/** Pure. Throws EdgeLabError `nothingRuns`. */
export function assignRoles(
  roles: readonly Role[],
  availability: Readonly<Record<string, Availability>>,
): readonly RoleAssignment[] {
  const chosen = roles.map((role) => ({ role, system: firstOf(role, availability) }))
  return chosen.map(({ role, system }) => ({
    role: role.name,
    title: role.title,
    system,
    label: chosen.filter((other) => other.system === system).length > 1 ? labelOf(system, role.name) : system,
    instead: system === role.systems[0] ? '' : whyNot(role.systems[0]!, availability),
  }))
}

/** `nginx-early`; not `node-gateway-gateway`, which would say it twice. */
function labelOf(system: SystemId, role: string): string {
  return system.endsWith(`-${role}`) ? system : `${system}-${role}`
}

function firstOf(role: Role, availability: Readonly<Record<string, Availability>>): SystemId {
  const found = role.systems.find((id) => availability[id]?.available)
  if (found) return found
  const why = role.systems.map((id) => whyNot(id, availability)).join(' ')
  throw new EdgeLabError('nothingRuns', { why: `Nobody can play ${role.title}. ${why}` })
}

function whyNot(id: SystemId, availability: Readonly<Record<string, Availability>>): string {
  const known = availability[id]
  return known && !known.available ? `${id} cannot run here: ${known.reason} (${known.remedy}).` : ''
}
