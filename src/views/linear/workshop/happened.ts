/** What happened in a room, in lines: from one look at it to the next. */
import type { Lab } from '../../../labs/file/lab.ts'
import type { Orders } from '../../../workshop/protocol/messages.ts'
import type { Participant, Room } from '../../../workshop/room/room.ts'
import { clockTime, minutesSince, placeInWords } from './words.ts'

/** One line for each thing, in no particular order of time: both looks are some tenths of a second apart. */
export function happened(before: Room, after: Room, labs: readonly Lab[]): readonly string[] {
  const known = new Map(before.participants.map((each) => [each.id, each]))
  return [
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

function machineInWords({ machine: { runtime, systems } }: Participant): string {
  return `${systems.length === 1 ? '1 system' : `${systems.length} systems`} can run there, as ${runtime}`
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

/** Minutes at one step after which a participant may need help. */
export const stuckMinutes = 5

export interface Stuck {
  readonly participant: string
  /** Full multiples of `stuckMinutes`: each is told once. */
  readonly times: number
  readonly line: string
}

/** Who has been at the same step for long. Who waits at a pause, or has finished the lab, is not stuck. */
export function stuck({ participants, orders }: Room, labs: readonly Lab[], now: Date): readonly Stuck[] {
  if (orders.isOver) return []
  return participants.flatMap((each) => {
    const { id, name, at, reports } = each
    const times = at ? Math.floor(minutesSince(at.since, now) / stuckMinutes) : 0
    const lab = labs.find((one) => one.id === at?.lab)
    if (!at || times === 0 || isSamePlace(at, orders.pauseAt) || (lab && isFinished(each, lab))) return []
    const hints = reports[`${at.lab}/${at.step}`]?.hints ?? 0
    const opened = hints === 0 ? 'no hint opened' : hints === 1 ? '1 hint opened' : `${hints} hints opened`
    const line = `${name} has been at ${placeInWords(at, labs)} for ${times * stuckMinutes} minutes, ${opened}.`
    return [{ participant: id, times, line }]
  })
}
