import { EdgeLabError } from '../../../errors.ts'
import { whyUnreadable } from '../../../text-file.ts'
import { applied, emptyRoom } from '../../room/apply.ts'
import { entrySchema } from '../../room/entry.ts'
import type { Room } from '../../room/room.ts'
import { DamagedJournal, readJournal } from './journal.ts'
import { journalOf, workshopNamed, workshopOf } from './workshop-folder.ts'

/**
 * A workshop's room as it is on the disk, also while a host has it open: nobody is connected there. The newest one where
 * none is named. Throws EdgeLabError `noWorkshop`, `workshopUnreadable`.
 */
export async function roomOnDisk(id?: string): Promise<Room> {
  const { folder, settings } = await workshopNamed(id)
  let room = emptyRoom(workshopOf(settings))
  const path = journalOf(folder)
  await readJournal(path, entrySchema, (entry) => {
    room = applied(room, entry)
  }).catch((cause: Error) => {
    const why = cause instanceof DamagedJournal ? cause.message : whyUnreadable(cause)
    throw new EdgeLabError('workshopUnreadable', { path, why }, { cause })
  })
  return room
}
