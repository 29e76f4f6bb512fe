/** What can run on the participants' machines. */
import type { Lab } from '../../labs/file/lab.ts'
import type { Participant, Room } from '../room/room.ts'

export interface Machines {
  /** Every system that some machine has, most widespread first, and how many have it. */
  readonly systems: readonly { readonly id: string; readonly machines: number }[]
  /** In the order of joining. */
  readonly each: readonly MachineOf[]
}

export interface MachineOf {
  readonly participant: Participant
  /** What others have and this one lacks. */
  readonly lacks: readonly string[]
  /** Labs of the workshop in which a role has no system there to play it. */
  readonly cannotPlay: readonly Lab[]
}

export function machinesOf({ participants }: Pick<Room, 'participants'>, labs: readonly Lab[]): Machines {
  const counts = new Map<string, number>()
  for (const { machine } of participants) {
    for (const id of new Set(machine.systems)) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  const systems = [...counts]
    .map(([id, machines]) => ({ id, machines }))
    .sort((one, other) => other.machines - one.machines || one.id.localeCompare(other.id, 'en'))
  return {
    systems,
    each: participants.map((participant) => {
      const has = new Set<string>(participant.machine.systems)
      return {
        participant,
        lacks: systems.filter(({ id }) => !has.has(id)).map(({ id }) => id),
        cannotPlay: labs.filter(({ roles }) => roles.some((role) => !role.systems.some((id) => has.has(id)))),
      }
    }),
  }
}
