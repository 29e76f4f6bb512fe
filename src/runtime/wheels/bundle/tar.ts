/**
 * The system's tar, as far as bundles need it. It reads from standard input and writes to standard output alone: no name in
 * an archive decides where anything is written, and no name of a file is taken for another machine's.
 */
import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EdgeLabError } from '../../../errors.ts'
import { findBinary } from '../../processes/binaries.ts'

/** Variables that change what tar does are kept from it. */
const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }

/** A tar that is not compressed says so here (POSIX.1-2017, pax, ustar header block). */
const magicAt = 257
const magic = 'ustar'

/** Whether it begins as an archive that is not compressed: nothing small becomes huge then. */
export async function isPlainTar(file: string): Promise<boolean> {
  const parts: Buffer[] = []
  for await (const part of createReadStream(file, { start: magicAt, end: magicAt + magic.length - 1 })) {
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('latin1') === magic
}

/** Files of a folder, by name, into an archive. */
export async function archiveOf(
  folder: string,
  names: readonly string[],
  into: Writable,
  signal: AbortSignal,
): Promise<void> {
  const args = ['-c', '--format=ustar', '-f', '-', '-C', folder, ...names]
  const child = spawn(tar(), args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const said = textOf(child.stderr)
  try {
    await pipeline(child.stdout, into, { signal })
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  const code = await ended
  if (code !== 0) throw new Error(`tar ended with exit code ${code}: ${(await said).trim()}`)
}

/** Names of everything in it, as many as fit into `mostBytes`. Rejects where it is no whole archive. */
export async function namesIn(file: string, mostBytes: number, signal: AbortSignal): Promise<readonly string[]> {
  const parts: Buffer[] = []
  await reading(file, ['-t', '-f', '-'], signal, (part, length) => {
    parts.push(part)
    if (length > mostBytes) throw new Error('it holds too many files')
  })
  return Buffer.concat(parts)
    .toString('utf8')
    .split('\n')
    .filter((name) => name !== '')
}

/** What stands in it under a name, in parts. `take` may throw: then nothing more is read. */
export function contentIn(
  file: string,
  name: string,
  signal: AbortSignal,
  take: (part: Buffer, length: number) => void | Promise<void>,
): Promise<void> {
  return reading(file, ['-x', '-O', '-f', '-', name], signal, take)
}

async function reading(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
  take: (part: Buffer, length: number) => void | Promise<void>,
): Promise<void> {
  const child = spawn(tar(), args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const kill = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill)
  const said = textOf(child.stderr)
  // tar stops reading when it has seen enough.
  const fed = pipeline(createReadStream(file), child.stdin).catch(() => undefined)
  let length = 0
  try {
    for await (const part of child.stdout) {
      length += (part as Buffer).length
      await take(part as Buffer, length)
    }
    const code = await ended
    if (code !== 0) throw new Error((await said).trim().split('\n')[0] || `tar ended with exit code ${code}`)
  } finally {
    signal.removeEventListener('abort', kill)
    kill()
    await fed
  }
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const part of stream) text = (text + String(part)).slice(0, 4000)
  return text
}

function tar(): string {
  const found = findBinary(['tar'])
  if (!found) throw new EdgeLabError('binaryMissing', { binary: 'tar', hint: 'apt-get install tar' })
  return found
}
