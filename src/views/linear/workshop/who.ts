/** Everybody in the room, one line each. */
import type { Lab } from '../../../labs/file/lab.ts'
import type { Host, Participant, Room } from '../../../workshop/room/room.ts'
import { peopleIn, stuckAmong } from '../../../workshop/summary/people.ts'
import { clockTime } from '../../text/workshop/words.ts'
import { isFinished } from './happened.ts'
import { minutesSince, placeInWords } from './words.ts'

/** In the order of joining. */
export function whoLines(room: Room, labs: readonly Lab[], now: Date): readonly string[] {
  const { participants } = room
  if (participants.length === 0) return ['Nobody has joined yet.']
  const stuck = new Set(stuckAmong(peopleIn(room, labs, now.getTime())).map(({ participant }) => participant))
  const connected = participants.filter(({ isConnected }) => isConnected).length
  return [
    `${participants.length} joined, ${connected} of them connected:`,
    ...participants.map(
      (each) =>
        `  #${each.number} ${each.name}${each.team ? ` (${each.team})` : ''}: ${stateOf(each, labs, { now, isStuck: stuck.has(each) })}`,
    ),
  ]
}

function stateOf(
  participant: Participant,
  labs: readonly Lab[],
  { now, isStuck }: { readonly now: Date; readonly isStuck: boolean },
): string {
  const { at, isConnected, lastSeenAt } = participant
  const finished = labs.filter((lab) => isFinished(participant, lab)).map(({ number }) => number)
  const place = at
    ? `at ${placeInWords(at, labs)} for ${Math.max(0, Math.floor(minutesSince(at.since, now)))} min${isStuck ? ', stuck' : ''}`
    : 'has not begun'
  const done = finished.length > 0 ? `, finished: lab ${finished.join(', ')}` : ''
  return `${place}${done}${isConnected ? '' : `; not connected, last seen at ${clockTime(lastSeenAt)}`}`
}

/** What was refused, most often first; the newest last. */
export function refusalLines({ refusals }: Pick<Host, 'refusals'>): readonly string[] {
  const { byReason, last } = refusals()
  const reasons = Object.entries(byReason).sort(([, one], [, other]) => other - one)
  if (reasons.length === 0) return ['No request was refused.']
  return [
    'Refused since this host was started:',
    ...reasons.map(([reason, count]) => `  ${count} × ${reason}`),
    'The last ones:',
    ...last
      .slice(-5)
      .map(({ at, from, reason, times }) => `  ${clockTime(at)} ${from}: ${reason}${times > 1 ? ` (${times} ×)` : ''}`),
  ]
}
