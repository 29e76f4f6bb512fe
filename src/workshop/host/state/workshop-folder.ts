/**
 * A workshop on disk: `<EDGELAB_HOME>/workshops/<id>/`, for its user alone. What it began with never changes; what
 * happens is in the journal.
 */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { EdgeLabError } from '../../../errors.ts'
import { edgelabHome } from '../../../labs/progress/home.ts'
import { readText, whyUnreadable, whyUnwritable } from '../../../text-file.ts'
import { nameSchema } from '../../protocol/step-report.ts'
import type { Workshop } from '../../room/room.ts'
import { newToken } from '../secrets.ts'
import { type Certificate, makeCertificate } from './certificate.ts'

/** `workshop.json` */
const settingsSchema = z.strictObject({
  formatVersion: z.literal(1),
  id: nameSchema,
  title: z.string().min(1).max(80),
  labs: z.array(nameSchema).min(1).readonly(),
  /** ISO time. */
  startedAt: z.iso.datetime(),
  port: z.int().min(1).max(65_535),
  passcode: z.string().min(1).max(64),
  /** The projector page, on loopback; the browser finds it again there when a host goes on. */
  page: z.strictObject({ port: z.int().min(1).max(65_535), token: z.string() }),
})
export type WorkshopSettings = z.infer<typeof settingsSchema>

/** What of it anybody may know. */
export function workshopOf({ id, title, labs, startedAt }: WorkshopSettings): Workshop {
  return { id, title, labs, startedAt }
}

export interface WorkshopFolder {
  readonly folder: string
  readonly settings: WorkshopSettings
  readonly tls: Certificate
  /** Good for what only the facilitator may do, from another terminal of the same user. */
  readonly hostToken: string
}

const files = { settings: 'workshop.json', certificate: 'certificate.pem', key: 'key.pem', hostToken: 'host-token' }

function workshopsFolder(): string {
  return join(edgelabHome(), 'workshops')
}

export const journalOf = (folder: string): string => join(folder, 'journal.ndjson')
export const refusalsOf = (folder: string): string => join(folder, 'refusals.ndjson')
/** There while a host is running. */
export const lockOf = (folder: string): string => join(folder, 'host.lock')
/** Where the host that was started last is reached from this machine. */
export const addressFile = (folder: string): string => join(folder, 'host-address')

/** The workshop that was begun last; null where there is none. Throws EdgeLabError `workshopUnreadable`. */
export async function newestWorkshop(): Promise<WorkshopFolder | null> {
  const parent = workshopsFolder()
  const names = await readdir(parent).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw unreadable(parent, whyUnreadable(cause), cause)
  })
  // Their names begin with the time. A dot begins what was not finished when its process ended.
  const newest = names
    .filter((name) => !name.startsWith('.'))
    .toSorted()
    .at(-1)
  return newest === undefined ? null : openFolder(join(parent, newest))
}

/** By its id; the newest one where none is named. Throws EdgeLabError `noWorkshop`, `workshopUnreadable`. */
export async function workshopNamed(id?: string): Promise<WorkshopFolder> {
  const found = id === undefined ? await newestWorkshop() : await workshopCalled(id)
  if (found) return found
  const why = id === undefined ? 'No workshop was begun on this machine.' : `“${id}” is no workshop of this machine.`
  throw new EdgeLabError('noWorkshop', { why })
}

async function workshopCalled(id: string): Promise<WorkshopFolder | null> {
  const isId = nameSchema.safeParse(id).success
  const names: readonly string[] = isId ? await readdir(workshopsFolder()).catch(() => []) : []
  return names.includes(id) ? openFolder(join(workshopsFolder(), id)) : null
}

/** Throws EdgeLabError `workshopUnreadable`. */
async function openFolder(folder: string): Promise<WorkshopFolder> {
  const textOf = (name: string): Promise<string> =>
    readText(join(folder, name)).catch((cause: Error) => {
      throw unreadable(join(folder, name), cause.message, cause)
    })
  const text = await textOf(files.settings)
  const [certificate, key, hostToken] = await Promise.all([
    textOf(files.certificate),
    textOf(files.key),
    textOf(files.hostToken),
  ])
  const settings = settingsIn(text)
  if (!settings) throw unreadable(join(folder, files.settings), 'it is not what EdgeLab writes there')
  return { folder, settings, tls: { certificate, key }, hostToken: hostToken.trim() }
}

function settingsIn(text: string): WorkshopSettings | undefined {
  try {
    return settingsSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export type NewWorkshop = Omit<WorkshopSettings, 'formatVersion' | 'id' | 'startedAt'>

/** On the disk when it resolves, whole or not at all. Throws EdgeLabError `workshopUnwritable`. */
export async function makeWorkshop(wanted: NewWorkshop, now: Date): Promise<WorkshopFolder> {
  // Workshops are told apart, and put in order, by the millisecond in which they began.
  const id = now.toISOString().slice(0, 23).replace(/[T:.]/g, '-')
  const settings: WorkshopSettings = { formatVersion: 1, id, startedAt: now.toISOString(), ...wanted }
  const [tls, hostToken] = [await makeCertificate(now), newToken()]
  const parent = workshopsFolder()
  const draft = join(parent, `.${id}.${process.pid}.tmp`)
  const folder = join(parent, id)
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 })
    await writePrivate(join(draft, files.settings), `${JSON.stringify(settings, undefined, 1)}\n`)
    await writePrivate(join(draft, files.certificate), tls.certificate)
    await writePrivate(join(draft, files.key), tls.key)
    await writePrivate(join(draft, files.hostToken), `${hostToken}\n`)
    await writePrivate(journalOf(draft), '')
    await syncFolder(draft)
    await rename(draft, folder)
    await syncFolder(parent)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    throw new EdgeLabError('workshopUnwritable', { path: folder, why: whyUnwritable(cause) }, { cause })
  }
  return { folder, settings, tls, hostToken }
}

/** For this user alone, and through to the disk. */
async function writePrivate(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** So that the names in it outlast a power failure as well. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function unreadable(path: string, why: string, cause?: unknown): EdgeLabError {
  return new EdgeLabError('workshopUnreadable', { path, why }, { cause })
}
