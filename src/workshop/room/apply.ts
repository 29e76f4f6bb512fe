/** A room and what happens in it. Pure: the same entries in the same order make the same room. */
import { own } from '../../own.ts'
import type { HostChange, Orders, OrdersChange } from '../protocol/messages.ts'
import type { StepReport } from '../protocol/step-report.ts'
import type { Entry, Joined, Reported } from './entry.ts'
import type { KeptReport, Participant, Room, Workshop } from './room.ts'

/** Nobody is there yet, and nothing is ordered. */
export function emptyRoom(workshop: Workshop): Room {
  return {
    workshop,
    participants: [],
    joined: 0,
    orders: { version: 0, pauseAt: null, message: null, endsAt: null, isOver: false },
    projection: { shows: null, isRevealed: false },
  }
}

/** Connections are nothing of the journal: as far as this knows, nobody is connected. */
export function applied(room: Room, entry: Entry): Room {
  switch (entry.kind) {
    case 'joined':
      return withJoined(room, entry)
    case 'reported':
      return { ...room, participants: withReports(room.participants, entry) }
    case 'changed':
      return withChange(room, entry.change, entry.at)
  }
}

/** Who joins again is the same person, perhaps under another name: nothing of what they did is lost. */
function withJoined(room: Room, { participant: id, name, team, machine, at }: Joined): Room {
  const { participants } = room
  const index = participants.findIndex((each) => each.id === id)
  const known = participants[index]
  if (known) {
    return { ...room, participants: participants.with(index, { ...known, name, team, machine, lastSeenAt: at }) }
  }
  const number = room.joined + 1
  const begun = { joinedAt: at, lastSeenAt: at, isConnected: false, at: null, reports: {} }
  return { ...room, joined: number, participants: [...participants, { id, number, name, team, machine, ...begun }] }
}

function withReports(participants: readonly Participant[], reported: Reported): readonly Participant[] {
  const index = participants.findIndex(({ id }) => id === reported.participant)
  const participant = participants[index]
  if (!participant) return participants
  const newestBefore = newestSeq(participant)
  const reports: Record<string, KeptReport> = { ...participant.reports }
  for (const report of reported.reports) {
    const kept = keptOf(own(reports, stepKey(report)), report, reported.at)
    if (kept) reports[stepKey(report)] = kept
  }
  const newest = reported.reports.reduce((one, other) => (other.seq > one.seq ? other : one))
  const at = newest.seq > newestBefore ? placeOf(participant.at, newest, reported.at) : participant.at
  return participants.with(index, { ...participant, at, reports, lastSeenAt: reported.at })
}

/** Where it is kept among a participant's reports. */
export function stepKey({ lab, step }: Pick<StepReport, 'lab' | 'step'>): string {
  return `${lab}/${step}`
}

/** 0 before the first report. */
function newestSeq({ reports }: Participant): number {
  return Object.values(reports).reduce((seq, report) => Math.max(seq, report.seq), 0)
}

/** undefined where a newer report of this step, or this one, is kept already. */
function keptOf(before: KeptReport | undefined, report: StepReport, receivedAt: string): KeptReport | undefined {
  if (before && before.seq >= report.seq) return undefined
  return {
    ...report,
    receivedAt,
    begunAt: before?.begunAt ?? report.at,
    doneAt: before?.doneAt ?? (report.done ? report.at : null),
  }
}

function placeOf(before: Participant['at'], { lab, step }: StepReport, since: string): Participant['at'] {
  return before?.lab === lab && before.step === step ? before : { lab, step, since }
}

function withChange(room: Room, change: HostChange, at: string): Room {
  if ('show' in change) return { ...room, projection: { shows: change.show, isRevealed: false } }
  if ('reveal' in change) return { ...room, projection: { ...room.projection, isRevealed: change.reveal } }
  if ('remove' in change) {
    return { ...room, participants: room.participants.filter(({ id }) => id !== change.remove) }
  }
  const version = room.orders.version + 1
  return { ...room, orders: { ...room.orders, version, ...ordered(change, version, at) } }
}

function ordered(change: OrdersChange, version: number, at: string): Partial<Orders> {
  if ('pauseAt' in change) return { pauseAt: change.pauseAt }
  if ('say' in change) return { message: { id: version, at, text: change.say } }
  if ('endsAt' in change) return { endsAt: change.endsAt }
  return { isOver: true }
}
