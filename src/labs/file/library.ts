/** The labs that come with EdgeLab, in course order. */
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { asTyped } from '../../errors/typed.ts'
import { EdgeLabError } from '../../errors.ts'
import { packageRoot } from '../../package-root.ts'
import { whyUnreadable } from '../../text-file.ts'
import type { Lab } from './lab.ts'
import { loadLab } from './load/load.ts'

export interface LabListing {
  readonly id: string
  /** In the course; null where the name has none. */
  readonly number: number | null
  readonly folder: string
  /** Why this folder cannot be a lab, regardless of its content; empty otherwise. */
  readonly problem: string
}

const library = join(packageRoot, 'labs')

/** Of those that come with EdgeLab. */
export function isOwn({ folder }: Pick<Lab, 'folder'>): boolean {
  return dirname(folder) === library
}

/** The JSON Schema for editors, kept beside the labs; no lab itself. */
const schema = 'lab.schema.json'

/**
 * Everything that lies there in course order, last what has no number. By names alone: a lab with mistakes is listed
 * too. Names that begin with a dot are left out, as in labs.
 */
export async function listLabs(folder = library): Promise<readonly LabListing[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== schema)
  const listed = await Promise.all(names.toSorted().map((name) => listingOf(folder, name)))
  const rank = ({ number }: LabListing): number => number ?? Number.POSITIVE_INFINITY
  return listed.sort((a, b) => rank(a) - rank(b) || 0)
}

async function listingOf(parent: string, name: string): Promise<LabListing> {
  const folder = join(parent, name)
  const [, number, id] = /^(\d{2})-(.+)$/.exec(name) ?? []
  const named = { id: id ?? name, number: number === undefined ? null : Number(number), folder }
  // `stat` follows a link to its target.
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error)
  if (found instanceof Error) {
    const isDangling = found.code === 'ENOENT'
    return {
      ...named,
      problem: isDangling ? 'it is a link that leads nowhere' : `it cannot be read: ${whyUnreadable(found)}`,
    }
  }
  return { ...named, problem: found.isDirectory() ? '' : 'it is no folder, and so no lab' }
}

/**
 * `3`, `03`, `saying-no`, `03-saying-no`, or the path of a folder (anything with a slash). Throws EdgeLabError
 * `unknownLab`, and `badInput` where the lab has mistakes. `verbs`: what may have been meant instead of a lab.
 */
export async function labNamed(nameOrNumber: string, verbs: readonly string[] = []): Promise<Lab> {
  if (/[/\\]/.test(nameOrNumber)) return loadLab(nameOrNumber)
  const labs = await listLabs()
  const found = labs.find(
    ({ id, number, folder }) =>
      id === nameOrNumber || folder.endsWith(`/${nameOrNumber}`) || number === Number(nameOrNumber),
  )
  if (found) return loadLab(found.folder)
  const known = [...labs.map(({ id }) => id), ...verbs]
  const near = known.length > 0 ? closest(nameOrNumber, known) : ''
  const isNear = near !== '' && distance(nameOrNumber, near) <= Math.min(3, Math.floor(near.length / 2))
  const meant = verbs.includes(near) ? asTyped(`edgelab lab ${near}`) : near
  const suggestion = isNear ? ` Did you mean ${meant}?` : ''
  throw new EdgeLabError('unknownLab', { name: nameOrNumber, suggestion })
}
