/** What happened in a room, in lines: from one look at it to the next. */
import type { Lab } from '../../../labs/file/lab.ts'
import { version as ours } from '../../../package-root.ts'
import type { Orders } from '../../../workshop/protocol/messages.ts'
import type { Participant, Room } from '../../../workshop/room/room.ts'
import { peopleIn, stuckAmong } from '../../../workshop/summary/people.ts'
import { clockTime, counted, shortTime } from '../../text/workshop/words.ts'
import { placeInWords } from './words.ts'

/** One line for each thing, in no particular order of time: both looks are some tenths of a second apart. */
export function happened(before: Room, after: Room, labs: readonly Lab[]): readonly string[] {
  const known = new Map(before.participants.map((each) => [each.id, each]))
  const present = new Set(after.participants.map(({ id }) => id))
  const removed = before.participants.filter(({ id }) => !present.has(id))
  return [
    ...removed.map(({ name, number }) => `${name} (#${number}) was removed; what they answered counts no more.`),
    ...after.participants.flatMap((each) => happenedTo(known.get(each.id), each, labs)),
    ...ordersChanged(before.orders, after.orders, labs),
  ]
}

function happenedTo(before: Participant | undefined, after: Participant, labs: readonly Lab[]): readonly string[] {
  const { name } = after
  const lines: string[] = []
  if (!before) lines.push(`${name} joined${after.team ? `, team ${after.team}` : ''}: ${machineInWords(after)}.`)
  else if (before.name !== name) lines.push(`${before.name} is now called ${name}.`)
  if (before?.isConnected && !after.isConnected) lines.push(`${name} is not connected any more.`)
  if (before && !before.isConnected && after.isConnected && before.reports === after.reports && before.at)
    lines.push(`${name} is connected again.`)
  if (after.at && (after.at.lab !== before?.at?.lab || after.at.step !== before.at.step))
    lines.push(`${name} is at ${placeInWords(after.at, labs)}.`)
  for (const lab of labs) {
    if (isFinished(after, lab) && !(before && isFinished(before, lab)))
      lines.push(`${name} has finished lab ${lab.number}.`)
  }
  return lines
}

function machineInWords({ machine: { version, runtime, systems } }: Participant): string {
  const differs = version === ours ? '' : `; EdgeLab ${version} there, ${ours} here`
  return `${systems.length === 1 ? '1 system' : `${systems.length} systems`} can run there, as ${runtime}${differs}`
}

/** The last step was done, or passed over. */
export function isFinished({ reports }: Participant, { id, steps }: Lab): boolean {
  const last = reports[`${id}/${steps.at(-1)?.id}`]
  return last !== undefined && (last.done || last.skipped)
}

function ordersChanged(before: Orders, after: Orders, labs: readonly Lab[]): readonly string[] {
  const lines: string[] = []
  if (after.pauseAt && !isSamePlace(before.pauseAt, after.pauseAt))
    lines.push(`Paused: nobody goes beyond ${placeInWords(after.pauseAt, labs)}.`)
  if (!after.pauseAt && before.pauseAt) lines.push(`Released: ${placeInWords(before.pauseAt, labs)}.`)
  if (after.message && after.message.id !== before.message?.id) lines.push(`Said to everybody: ${after.message.text}`)
  if (after.endsAt !== before.endsAt)
    lines.push(after.endsAt ? `The workshop ends at ${clockTime(after.endsAt)}.` : 'The workshop has no end time.')
  if (after.isOver && !before.isOver) lines.push('The workshop is over: nothing more is taken.')
  return lines
}

function isSamePlace(one: Orders['pauseAt'], other: Orders['pauseAt']): boolean {
  return one?.lab === other?.lab && one?.step === other?.step
}

export interface Stuck {
  readonly participant: string
  /** At this step. */
  readonly since: string
  readonly forMs: number
  readonly line: string
}

/** Who is stuck, by the rule of the facilitator's screen, longest first. */
export function stuck(room: Room, labs: readonly Lab[], now: Date): readonly Stuck[] {
  return stuckAmong(peopleIn(room, labs, now.getTime())).map(({ participant, forMs, hintsHere }) => {
    const { id, name } = participant
    const at = participant.at!
    const opened = hintsHere === 0 ? 'no hint opened' : `${counted(hintsHere, 'hint')} opened`
    const line = `${name} is stuck at ${placeInWords(at, labs)}, for ${shortTime(forMs)}, ${opened}.`
    return { participant: id, since: at.since, forMs, line }
  })
}

/** Those to tell now: each once, and again when it has lasted twice as long. `told` is what was told before. */
export function stuckAnew(now: readonly Stuck[], told: Map<string, Stuck>): readonly Stuck[] {
  const anew = now.filter((each) => {
    const before = told.get(each.participant)
    return before?.since !== each.since || each.forMs >= 2 * before.forMs
  })
  for (const each of anew) told.set(each.participant, each)
  return anew
}
