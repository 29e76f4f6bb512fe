/** The workshop that a host carries on or begins, locked against a second host. */
import { rm } from 'node:fs/promises'
import { EdgeLabError } from '../../errors.ts'
import { listLabs } from '../../labs/file/library.ts'
import { lockFile, unlock } from '../../runtime/cleanup/lock-file.ts'
import { whyUnwritable } from '../../text-file.ts'
import { freePort, usualPort } from './addresses.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { isPasscode, newPasscode, newToken } from './secrets.ts'
import { DamagedJournal } from './state/journal.ts'
import { journalOf, lockOf, makeWorkshop, newestWorkshop, type WorkshopFolder } from './state/workshop-folder.ts'

export interface WantedWorkshop {
  /** Of a new workshop. Where one goes on, what is said here must be what it has. */
  readonly title?: string
  /** Ids; all of the course where a new workshop is not given any. */
  readonly labs?: readonly string[]
  readonly port?: number
  readonly passcode?: string
  /** Begins another workshop although one has not ended. */
  readonly isNew?: boolean
}

export interface OpenWorkshop extends WorkshopFolder {
  readonly ledger: Ledger
  /** It was there before. */
  readonly goesOn: boolean
  /** Gives it free. */
  close(): Promise<void>
  /** As `close`; one that was just begun is removed, because nobody has seen it. */
  abandon(): Promise<void>
}

/**
 * The newest workshop that has not ended, else a new one. `listen`: where a free port is looked for. Throws EdgeLabError
 * `workshopOpen`, `workshopGoesOn`, `workshopUnreadable`, `workshopUnwritable`; rejects with the system's error where
 * nothing can listen on that address.
 */
export async function openWorkshop(wanted: WantedWorkshop, listen: string): Promise<OpenWorkshop> {
  const newest = wanted.isNew ? null : await newestWorkshop()
  const going = newest && (await locked(newest, true))
  if (going) {
    const changed = changes(wanted, going)
    if (!going.ledger.room.now().orders.isOver && changed.length === 0) return going
    await going.close()
    if (!going.ledger.room.now().orders.isOver) {
      throw new EdgeLabError('workshopGoesOn', { title: going.settings.title, what: changed.join(' and ') })
    }
  }
  const { title = 'EdgeLab workshop', passcode = newPasscode() } = wanted
  const labs = wanted.labs ?? (await courseLabs())
  const port = wanted.port ?? (await freePort(listen, usualPort))
  const page = { port: await freePort('127.0.0.1', 0), token: newToken() }
  return locked(await makeWorkshop({ title, labs, passcode, port, page }, new Date()), false)
}

async function locked(workshop: WorkshopFolder, goesOn: boolean): Promise<OpenWorkshop> {
  const { folder, settings } = workshop
  const lock = lockOf(folder)
  const holder = await lockFile(lock).catch((cause) => {
    throw new EdgeLabError('workshopUnwritable', { path: lock, why: whyUnwritable(cause) }, { cause })
  })
  if (holder) throw new EdgeLabError('workshopOpen', { pid: holder.pid, title: settings.title })
  const ledger = await openLedger(workshop).catch(async (cause: Error) => {
    await unlock(lock)
    const isDamaged = cause instanceof DamagedJournal
    const why = isDamaged ? cause.message : whyUnwritable(cause)
    const name = isDamaged ? 'workshopUnreadable' : 'workshopUnwritable'
    throw new EdgeLabError(name, { path: journalOf(folder), why }, { cause })
  })
  const close = async (): Promise<void> => {
    await ledger.close()
    await unlock(lock)
  }
  return {
    ...workshop,
    ledger,
    goesOn,
    close,
    abandon: async () => {
      await close()
      if (!goesOn) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function courseLabs(): Promise<readonly string[]> {
  return (await listLabs()).filter(({ problem, number }) => problem === '' && number !== null).map(({ id }) => id)
}

/** The options that a workshop which goes on does not take. */
function changes({ title, labs, port, passcode }: WantedWorkshop, { settings }: WorkshopFolder): readonly string[] {
  return [
    ...(title === undefined || title === settings.title ? [] : ['--title']),
    ...(labs === undefined || labs.join(' ') === settings.labs.join(' ') ? [] : ['--lab']),
    ...(port === undefined || port === settings.port ? [] : ['--port']),
    ...(passcode === undefined || isPasscode(passcode, settings.passcode) ? [] : ['--passcode']),
  ]
}
