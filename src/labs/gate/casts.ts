/**
 * The fewest casts in which every system that can run here takes each of its roles once, where its contrasts let it. One
 * of our own programs alone is for machines that have no product: in containers no learner meets it.
 */
import { EdgeLabError } from '../../errors.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import { type SystemId, systems } from '../../systems/index.ts'
import type { Lab, Role } from '../file/lab.ts'
import type { Cast } from '../run/cast.ts'
import { castLab, isContrast } from '../run/cast.ts'

/** Throws EdgeLabError `nothingRuns` where no system can take a role, and what choosing a runtime throws. */
export async function possibleCasts(
  lab: Lab,
  runtime: 'auto' | RuntimeKind,
  note: (line: string) => void,
): Promise<readonly Cast[]> {
  const first = await castLab(lab, runtime, note)
  const able = new Map(
    await Promise.all(lab.roles.map(async (role) => [role.name, await ableIn(role, first.runtime)] as const)),
  )
  const count = Math.max(1, ...[...able.values()].map((systems) => systems.length))
  const turns = Array.from({ length: count }, (_, turn) => rolesIn(turn, lab.roles, able))
  const different = new Map(turns.map((roles) => [JSON.stringify(roles.map(({ systems }) => systems)), roles]))
  const casts = await Promise.all([...different.values()].map((roles) => castLab({ roles }, first.runtime, note)))
  const played = casts.filter(({ runtime, assignments }) => runtime === 'processes' || !assignments.every(isOurs))
  return played.length > 0 ? played : casts
}

function isOurs({ system }: Cast['assignments'][number]): boolean {
  return systems[system].kind === 'self-built'
}

/** Each role with one system: the next of those that differ as they must, as a learner’s cast does. */
function rolesIn(
  turn: number,
  roles: readonly Role[],
  able: ReadonlyMap<string, readonly SystemId[]>,
): readonly Role[] {
  const playing = new Map<string, SystemId>()
  return roles.map((role) => {
    const all = able.get(role.name)!
    const other = playing.get(role.differs?.from ?? '')
    const differing = all.filter((system) => isContrast(role, system, other))
    const choice = differing.length > 0 ? differing : all.slice(0, 1)
    const system = choice[Math.min(turn, choice.length - 1)]!
    playing.set(role.name, system)
    return { ...role, systems: [system] }
  })
}

async function ableIn(role: Role, runtime: RuntimeKind): Promise<readonly SystemId[]> {
  const able = await Promise.all(
    role.systems.map(async (system) => {
      try {
        await castLab({ roles: [{ ...role, systems: [system] }] }, runtime, () => undefined)
        return [system]
      } catch (error) {
        if (error instanceof EdgeLabError && error.name === 'nothingRuns') return []
        throw error
      }
    }),
  )
  return able.flat()
}
