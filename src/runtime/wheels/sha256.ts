import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** By path, size and time of modification: a product of 180 MB is not read at every start. */
const known = new Map<string, Promise<string>>()

/** Hexadecimal. Rejects with the system's error. */
export async function sha256Of(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path)
  const key = [path, ino, size, mtimeMs].join(' ')
  const asked = known.get(key) ?? hashOf(path)
  known.set(key, asked)
  return asked
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}
