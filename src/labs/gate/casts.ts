/** The fewest casts in which every system that can run here takes each of its roles once. */
import { EdgeLabError } from '../../errors.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import type { SystemId } from '../../systems/index.ts'
import type { Lab, Role } from '../file/lab.ts'
import type { Cast } from '../run/cast.ts'
import { castLab } from '../run/cast.ts'

/** Throws EdgeLabError `nothingRuns` where no system can take a role, and what choosing a runtime throws. */
export async function possibleCasts(
  lab: Lab,
  runtime: 'auto' | RuntimeKind,
  note: (line: string) => void,
): Promise<readonly Cast[]> {
  const first = await castLab(lab, runtime, note)
  const able = await Promise.all(lab.roles.map((role) => ableIn(role, first.runtime)))
  const count = Math.max(1, ...able.map((systems) => systems.length))
  return Promise.all(
    Array.from({ length: count }, (_, turn) => {
      const roles = lab.roles.map((role, at) => {
        const systems = able[at]!
        return { ...role, systems: [systems[Math.min(turn, systems.length - 1)]!] }
      })
      return castLab({ roles }, first.runtime, note)
    }),
  )
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
