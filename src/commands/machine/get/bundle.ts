/** Archives for a room without internet: written where there is one, taken from where there is none. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plural } from '../../../comparison/blocks.ts'
import { asTyped } from '../../../errors/typed.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../../errors.ts'
import { imageTags } from '../../../runtime/images/images.ts'
import { type Bundle, readBundle } from '../../../runtime/wheels/bundle/read.ts'
import { writeBundle } from '../../../runtime/wheels/bundle/write.ts'
import { keptBinary } from '../../../runtime/wheels/kept.ts'
import { wheels } from '../../../systems/index.ts'
import type { Wheel } from '../../../systems/system.ts'
import { whyNotReplaced } from '../../../text-file.ts'
import { formatBytes } from '../../../units.ts'
import { fetchingInWords } from '../../../views/words/fetching.ts'
import { print } from '../../output.ts'
import { imagesToBundle, loadFrom } from './bundled-images.ts'
import { openStatusLine } from './status-line.ts'

const known = wheels.map(({ wheel }) => wheel)

/** What was named on the command line. */
export interface Named {
  readonly wheels: readonly Wheel[]
  /** Only some of the products were: then images were not meant. */
  readonly isSome: boolean
}

/**
 * Of the products that were named, else of those that were fetched here; with the container images that are here, unless
 * only some products were named. Throws EdgeLabError.
 */
export async function bundleAll(file: string, named: Named, signal: AbortSignal): Promise<ExitCode> {
  const wanted = named.wheels.length > 0 ? named.wheels : known.filter((wheel) => keptBinary(wheel) !== undefined)
  const { images, whyNone } = named.isSome ? { images: [], whyNone: onlySome } : await imagesToBundle()
  if (wanted.length + images.length === 0) throw new EdgeLabError('nothingToBundle', { path: file, why: whyNone })
  const whyNot = await whyNotReplaced(file)
  if (whyNot !== '') throw new EdgeLabError('bundleUnwritable', { path: file, why: whyNot })
  const status = openStatusLine(process.stderr)
  try {
    await writeBundle(
      file,
      { wheels: wanted, images },
      {
        signal,
        fetching: ({ product }, state) => status.show(fetchingInWords(product, state)),
        saving: (bytes) =>
          status.show(
            `${plural(images.length, 'image')}: ${bytes === 0 ? 'the engine packs them' : formatBytes(bytes)}`,
          ),
      },
    )
  } finally {
    status.clear()
  }
  const { size } = await stat(file)
  const held = [...wanted.map(({ product }) => product), ...images.map(({ tag }) => tag)]
  print(`${held.join(', ')} → ${file}, ${formatBytes(size)}`)
  if (wanted.length === 0)
    print(asTyped('No binaries: none was fetched here. edgelab get all --bundle takes them too.'))
  if (images.length === 0) print(asTyped(`No images: ${whyNone}.`))
  print(asTyped(`On the other machines: edgelab get --from ${file}`))
  return exitCodes.done
}

const onlySome = 'products were named; all, or none, takes images too'

/**
 * What the archive holds: `take` gets the binaries, then the engine the images, or it is said why not. Throws EdgeLabError.
 */
export async function takeBundle(
  file: string,
  named: Named,
  signal: AbortSignal,
  take: (wanted: readonly Wheel[], files: Bundle['wheels']) => Promise<ExitCode>,
): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-from-'))
  try {
    const bundle = await readBundle(file, folder, { wheels: known, tags: imageTags }, signal)
    const wanted = wantedOf(named, bundle.wheels)
    const exitCode = wanted.length > 0 ? await take(wanted, bundle.wheels) : exitCodes.done
    // Before a gigabyte of images comes, what was unpacked has been moved to where it is kept.
    await rm(folder, { recursive: true, force: true })
    if (named.isSome) return exitCode
    if (bundle.images) await loadFrom(file, bundle.images, signal)
    else print('The archive holds no images.')
    return exitCode
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What was named; all that the archive holds where nothing was, or `all`. Throws EdgeLabError `usage` for what it has not. */
function wantedOf(named: Named, files: Bundle['wheels']): readonly Wheel[] {
  if (!named.isSome) return [...files.keys()]
  const missing = named.wheels.filter((wheel) => !files.has(wheel)).map(({ product }) => product)
  if (missing.length > 0) throw new EdgeLabError('usage', { what: `The archive does not hold ${missing.join(', ')}.` })
  return named.wheels
}
