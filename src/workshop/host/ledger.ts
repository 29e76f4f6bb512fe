/** The journal and everything that follows from it: the room, whose tokens are good, how much everybody has reported. */
import { emptyRoom, stepKey } from '../room/apply.ts'
import { type Entry, entrySchema } from '../room/entry.ts'
import type { Room } from '../room/room.ts'
import { type Credentials, credentials } from './credentials.ts'
import { type LiveRoom, liveRoom } from './live-room.ts'
import { openJournal } from './state/journal.ts'
import { journalOf, type WorkshopFolder, workshopOf } from './state/workshop-folder.ts'

export interface Ledger {
  readonly room: LiveRoom
  readonly credentials: Omit<Credentials, 'learn' | 'remove'>
  /** On the disk, and seen in the room, when it resolves. Rejects with the system's error: nothing has changed then. */
  keep(entry: Entry): Promise<void>
  /** Resolves when no removal of this participant is on its way to the disk any more. */
  removalSettled(participant: string): Promise<void>
  /** Bytes of the journal that a participant's reports take. */
  reportedBy(participant: string): number
  close(): Promise<void>
}

/** Rejects with DamagedJournal and the system's errors. */
export async function openLedger({ folder, settings, hostToken }: WorkshopFolder): Promise<Ledger> {
  const room = liveRoom(emptyRoom(workshopOf(settings)))
  const known = credentials(hostToken)
  const reported = new Map<string, number>()
  const removals = new Map<string, Promise<void>>()
  const journal = await openJournal(journalOf(folder), entrySchema, (entry, bytes) => {
    room.apply(entry)
    if (entry.kind === 'joined') known.learn(entry)
    const removed = removedBy(entry)
    if (removed !== undefined) known.remove(removed)
    if (entry.kind === 'reported') {
      reported.set(entry.participant, (reported.get(entry.participant) ?? 0) + bytes)
    }
  })
  return {
    room,
    credentials: known,
    keep: (entry) => {
      const kept = journal.append(entry)
      const removed = removedBy(entry)
      if (removed !== undefined) removals.set(removed, kept)
      return kept
    },
    removalSettled: async (participant) => removals.get(participant)?.catch(() => undefined),
    reportedBy: (participant) => reported.get(participant) ?? 0,
    close: journal.close,
  }
}

function removedBy(entry: Entry): string | undefined {
  return entry.kind === 'changed' && 'remove' in entry.change ? entry.change.remove : undefined
}

/** The steps that a participant has reported, with the highest sequence number of each. */
export function seqsOf(room: Room, participant: string): ReadonlyMap<string, number> {
  const reports = room.participants.find(({ id }) => id === participant)?.reports ?? {}
  return new Map(Object.values(reports).map((report) => [stepKey(report), report.seq]))
}
