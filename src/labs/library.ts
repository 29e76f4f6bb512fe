/** The labs that come with EdgeLab, in course order. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { LabError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import type { Lab } from './lab.ts'
import { loadLab } from './load.ts'

export interface LabListing {
  readonly id: string
  readonly number: number
  readonly folder: string
}

/** By their folders alone: a lab with mistakes is listed too. */
export async function listLabs(): Promise<readonly LabListing[]> {
  const folder = join(packageRoot, 'labs')
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .flatMap((entry) => {
      const [, number, id] = (entry.isDirectory() && /^(\d{2})-(.+)$/.exec(entry.name)) || []
      return id === undefined ? [] : [{ id, number: Number(number), folder: join(folder, entry.name) }]
    })
    .sort((a, b) => a.number - b.number)
}

/**
 * `3`, `03`, `saying-no`, `03-saying-no`, or a folder of one's own (anything with a slash). Throws LabError `unknownLab`,
 * and `badInput` where the lab has mistakes.
 */
export async function labNamed(nameOrNumber: string): Promise<Lab> {
  if (/[/\\]/.test(nameOrNumber)) return loadLab(nameOrNumber)
  const labs = await listLabs()
  const found = labs.find(
    ({ id, number, folder }) =>
      id === nameOrNumber || folder.endsWith(`/${nameOrNumber}`) || number === Number(nameOrNumber),
  )
  if (found) return loadLab(found.folder)
  const ids = labs.map(({ id }) => id)
  const near = ids.length > 0 ? closest(nameOrNumber, ids) : ''
  const suggestion = near && distance(nameOrNumber, near) <= 3 ? ` Did you mean ${near}?` : ''
  throw new LabError('unknownLab', { name: nameOrNumber, suggestion })
}
