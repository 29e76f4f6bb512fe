/** Where everybody is, and who is stuck for how long. */
import type { Lab, Step } from '../../labs/file/lab.ts'
import type { Participant, Room } from '../room/room.ts'
import { reportOf } from './answers.ts'
import { stuckAfterMs } from './pace.ts'

export interface Person {
  readonly participant: Participant
  /** The lab and step they are at; null before the first report, or in a lab that the workshop has not. */
  readonly at: { readonly lab: Lab; readonly step: Step; readonly number: number } | null
  readonly state: PersonState
  /** How long they have been in this state, or at this step. */
  readonly forMs: number
  /** Hints opened at the step they are at, and in all labs. */
  readonly hintsHere: number
  readonly hints: number
}

/**
 * `waiting`: done with the step at which everybody pauses. `away`: no connection; their work goes on and is sent later.
 * `finished`: done with the last step of the last lab.
 */
export type PersonState = 'joined' | 'working' | 'stuck' | 'waiting' | 'finished' | 'away'

/** In the order of joining. `now` by the host’s clock, in milliseconds. */
export function peopleIn(room: Room, labs: readonly Lab[], now: number): readonly Person[] {
  const patience = new Map<Step, number>()
  const patienceWith = (lab: Lab, step: Step): number => {
    const known = patience.get(step) ?? stuckAfterMs(room, lab, step)
    patience.set(step, known)
    return known
  }
  return room.participants.map((participant): Person => {
    const at = placeOf(participant, labs)
    const since = (iso: string): number => Math.max(0, now - Date.parse(iso))
    const report = at && reportOf(participant, at.lab.id, at.step.id)
    const hints = Object.values(participant.reports).reduce((sum, each) => sum + each.hints, 0)
    const person = { participant, at, hints, hintsHere: report?.hints ?? 0 }
    if (!at) {
      const iso = participant.isConnected ? participant.joinedAt : participant.lastSeenAt
      return { ...person, state: participant.isConnected ? 'joined' : 'away', forMs: since(iso) }
    }
    const forMs = since(participant.at!.since)
    if (report?.done && isLast(at, labs)) return { ...person, state: 'finished', forMs }
    if (!participant.isConnected) return { ...person, state: 'away', forMs: since(participant.lastSeenAt) }
    if (report?.done && isPausedAt(room, at)) return { ...person, state: 'waiting', forMs }
    const isStuck = !report?.done && !room.orders.isOver && forMs >= patienceWith(at.lab, at.step)
    return { ...person, state: isStuck ? 'stuck' : 'working', forMs }
  })
}

/** Longest first. */
export function stuckAmong(people: readonly Person[]): readonly Person[] {
  return people.filter(({ state }) => state === 'stuck').toSorted((one, other) => other.forMs - one.forMs)
}

function placeOf({ at }: Participant, labs: readonly Lab[]): Person['at'] {
  const lab = at && labs.find(({ id }) => id === at.lab)
  const index = lab?.steps.findIndex(({ id }) => id === at?.step) ?? -1
  return lab && index >= 0 ? { lab, step: lab.steps[index]!, number: index + 1 } : null
}

function isLast({ lab, step }: NonNullable<Person['at']>, labs: readonly Lab[]): boolean {
  return lab === labs.at(-1) && step === lab.steps.at(-1)
}

function isPausedAt({ orders: { pauseAt } }: Room, { lab, step }: NonNullable<Person['at']>): boolean {
  return pauseAt !== null && pauseAt.lab === lab.id && pauseAt.step === step.id
}
