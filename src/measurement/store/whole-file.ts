/** Replaces files atomically: a reader sees the old content or the new one, never a part. */
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** On the disk when it resolves; `mode` is that of a new file. Rejects with the system's error. */
export async function writeThrough(path: string, text: string, mode = 0o644): Promise<void> {
  const file = await open(path, 'w', mode)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Makes the folder, writes beside and renames: readers see the old text or the new one. A pipe or device is written to: the
 * file would take its place. Rejects with the system's error.
 */
export async function replaceWhole(path: string, text: string, mode?: number): Promise<void> {
  if (await isPipeOrDevice(path)) return writeFile(path, text)
  // Of this process alone: two that write the same file must not write into each other's draft.
  const beside = `${path}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeThrough(beside, text, mode)
    await rename(beside, path)
  } catch (cause) {
    await rm(beside, { force: true })
    throw cause
  }
}

async function isPipeOrDevice(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && !found.isFile() && !found.isDirectory()
}

/** Removes from a folder what processes that are gone had begun to write: killed, they could not rename it. */
export async function removeDrafts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const left = names.filter((name) => {
    const writer = /\.(\d+)\.tmp$/.exec(name)
    return writer !== null && !isRunning(Number(writer[1]))
  })
  // A draft that cannot be removed does no harm.
  await Promise.allSettled(left.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
