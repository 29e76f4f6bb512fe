/** A room without the names of those who are in it. */
import type { Participant, Room } from '../room/room.ts'

/** `Person 7`. Numbered in the order of joining, so that nobody's number changes when others come or go. */
export function withNumbers(room: Room): Room {
  return { ...room, participants: room.participants.map((each) => ({ ...each, name: `Person ${each.number}` })) }
}

/**
 * For what is handed on: numbers in an order that says nothing about who joined when, and neither ids nor times of
 * joining, nor what kind of machine it was.
 */
export function withoutNames(room: Room): Room {
  // Ids were chosen at random on the participants' machines.
  const shuffled = room.participants.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return {
    ...room,
    participants: shuffled.map(
      (each, at): Participant => ({
        ...each,
        id: String(at + 1),
        number: at + 1,
        name: `Person ${at + 1}`,
        joinedAt: room.workshop.startedAt,
        lastSeenAt: room.workshop.startedAt,
        machine: { version: '', runtime: 'processes', systems: [] },
      }),
    ),
  }
}
