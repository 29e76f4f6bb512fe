/** Archives for a room without internet: written where there is one, taken from where there is none. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asTyped } from '../../../errors/typed.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../../errors.ts'
import { readBundle } from '../../../runtime/wheels/bundle/read.ts'
import { writeBundle } from '../../../runtime/wheels/bundle/write.ts'
import { keptBinary } from '../../../runtime/wheels/kept.ts'
import { wheels } from '../../../systems/index.ts'
import type { Wheel } from '../../../systems/system.ts'
import { formatBytes } from '../../../units.ts'
import { fetchingInWords } from '../../../views/words/fetching.ts'
import { print } from '../../output.ts'
import { openStatusLine } from './status-line.ts'

const known = wheels.map(({ wheel }) => wheel)

/** Of the products that were named, else of those that were fetched here. Throws EdgeLabError. */
export async function bundleAll(file: string, named: readonly Wheel[], signal: AbortSignal): Promise<ExitCode> {
  const wanted = named.length > 0 ? named : known.filter((wheel) => keptBinary(wheel) !== undefined)
  if (wanted.length === 0) throw new EdgeLabError('nothingToBundle', { path: file })
  const status = openStatusLine(process.stderr)
  try {
    await writeBundle(file, wanted, {
      signal,
      progress: ({ product }, state) => status.show(fetchingInWords(product, state)),
    })
  } finally {
    status.clear()
  }
  const { size } = await stat(file)
  print(`${wanted.map(({ product }) => product).join(', ')} → ${file}, ${formatBytes(size)}`)
  print(asTyped(`On the other machines: edgelab get --from ${file}`))
  return exitCodes.done
}

/** What the archive holds, for as long as `use` takes. Throws EdgeLabError. */
export async function inBundle(
  file: string,
  signal: AbortSignal,
  use: (files: ReadonlyMap<Wheel, string>) => Promise<ExitCode>,
): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-from-'))
  try {
    return await use(await readBundle(file, folder, known, signal))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** All that the archive holds where nothing was named. What was named and is not in it: EdgeLabError `usage`. */
export function wantedOf(named: readonly Wheel[], files: ReadonlyMap<Wheel, string>): readonly Wheel[] {
  const missing = named.filter((wheel) => !files.has(wheel)).map(({ product }) => product)
  if (missing.length > 0) throw new EdgeLabError('usage', { what: `The archive does not hold ${missing.join(', ')}.` })
  return named.length > 0 ? named : [...files.keys()]
}
