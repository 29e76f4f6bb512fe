/** Who plays which role on this machine: of each role the first system that can run here, and that differs as it must. */
import { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import { chooseRuntime } from '../../runtime/choose.ts'
import type { Availability, RuntimeKind } from '../../runtime/topology.ts'
import { launches, type SystemId } from '../../systems/index.ts'
import { traitWords } from '../../systems/traits.ts'
import { differIn } from '../file/differing.ts'
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
  /**
   * Why the preferred system does not play (`nginx cannot run here: …`), or that it plays without differing as the lab
   * wants it; empty where all is as it was meant.
   */
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

type Availabilities = Readonly<Record<string, Availability>>

/** Pure; in the order of the roles. Throws EdgeLabError `nothingRuns`. */
export function assignRoles(roles: readonly Role[], availability: Availabilities): readonly RoleAssignment[] {
  const chosen: { readonly role: Role; readonly system: SystemId; readonly instead: string }[] = []
  for (const role of roles) {
    const other = chosen.find((each) => each.role.name === role.differs?.from)?.system
    const system = choose(role, other, availability)
    chosen.push({ role, system, instead: insteadOf(role, system, other, availability) })
  }
  return chosen.map(({ role, system, instead }) => ({
    role: role.name,
    title: role.title,
    system,
    label: chosen.filter((each) => each.system === system).length > 1 ? labelOf(system, role.name) : system,
    instead,
  }))
}

/** Undefined where there is no such role. */
export function playerOf(cast: Cast, role: Name): Pick<RoleAssignment, 'label' | 'system'> | undefined {
  if (role === 'direct') return { label: 'direct', system: 'direct' }
  return cast.assignments.find((each) => each.role === role)
}

/** `nginx-early`; not `node-gateway-gateway`, which would say it twice. */
function labelOf(system: SystemId, role: string): string {
  return system.endsWith(`-${role}`) ? system : `${system}-${role}`
}

/** `other`: the system that it is to differ from. Where none does, the lab can be played all the same. */
function choose(role: Role, other: SystemId | undefined, availability: Availabilities): SystemId {
  const able = role.systems.filter((id) => availability[id]?.available)
  const chosen = able.find((id) => isContrast(role, id, other)) ?? able[0]
  if (chosen) return chosen
  const why = role.systems.map((id) => whyNot(id, availability)).join(' ')
  throw new EdgeLabError('nothingRuns', { why: `Nobody can play ${role.title}. ${why}` })
}

/** Whether the systems of two roles differ as the lab wants it, where it does. */
export function isContrast({ differs }: Role, system: SystemId, other: SystemId | undefined): boolean {
  return !differs || !other || differIn(differs.in, system, other)
}

function insteadOf(role: Role, system: SystemId, other: SystemId | undefined, availability: Availabilities): string {
  const preferred = role.systems[0]!
  const alike = (id: SystemId): string =>
    `${id} does not differ from ${other} in ${role.differs ? traitWords[role.differs.in] : ''}`
  if (!isContrast(role, system, other)) return `${alike(system)}: nothing that does can run here.`
  if (system === preferred) return ''
  return whyNot(preferred, availability) || `${alike(preferred)}.`
}

function whyNot(id: SystemId, availability: Availabilities): string {
  const known = availability[id]
  return known && !known.available ? `${id} cannot run here: ${known.reason} (${known.remedy}).` : ''
}
