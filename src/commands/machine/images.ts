import { Command } from 'commander'
import { cell, table } from '../../comparison/blocks.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import { askEngine, imagesPatienceMs } from '../../runtime/containers/engine.ts'
import { buildImages, wheelsOfImages } from '../../runtime/images/build.ts'
import { listImages, loadImages, type Moving, pullImages, saveImages } from '../../runtime/images/images.ts'
import { formatBytes } from '../../units.ts'
import { tableLines } from '../../views/text/table.ts'
import { print, terminal } from '../output.ts'
import { getEach, onInterruptOfGet } from './get/get-each.ts'
import { openStatusLine } from './get/status-line.ts'

const archive = 'edgelab-images.tar'

export function imagesCommand(finished: (code: ExitCode) => void): Command {
  const command = new Command('images')
    .description('list, get, build and move the container images that systems run from')
    .addHelpText(
      'after',
      '\nExamples:\n  edgelab images list\n  edgelab images build          without a registry, from Debian packages\n  edgelab images save room.tar  for a room without internet',
    )
  let exitCode: ExitCode = exitCodes.done
  const verb = (name: string, description: string, act: (file: string) => Promise<unknown>, file = false): void => {
    const sub = command.command(name).description(description)
    if (file) sub.argument('[file]', 'the archive', archive)
    sub.action(async (path: string) => {
      const state = await askEngine(imagesPatienceMs)
      if (!state.answers) throw new EdgeLabError('engineNeeded', { why: state.why })
      await act(path)
      finished(exitCode)
    })
  }
  verb('list', 'all images, and whether they are here', listThem)
  verb('pull', 'get the pinned images from their registry', () => pullImages(print))
  verb('build', 'build equivalents from Debian packages and the binaries of edgelab get', async () => {
    exitCode = await build()
  })
  verb('save', 'write the images that are here into one archive; edgelab get all --bundle adds binaries', save, true)
  verb('load', 'load such an archive', load, true)
  return command
}

async function build(): Promise<ExitCode> {
  const interrupt = onInterruptOfGet()
  try {
    const { fetched, exitCode } = await getEach(wheelsOfImages, interrupt.signal)
    interrupt.release()
    await buildImages(fetched, print)
    return exitCode
  } finally {
    interrupt.release()
  }
}

async function save(file: string): Promise<void> {
  const tags = await moved((moving) => saveImages(file, moving))
  print(`${tags.join(', ')} → ${file}`)
}

async function load(file: string): Promise<void> {
  await moved((moving) => loadImages(file, moving))
  await listThem()
}

/** With what a terminal shows meanwhile; Ctrl-C ends it. */
async function moved<Result>(move: (moving: Moving) => Promise<Result>): Promise<Result> {
  const interrupt = onInterruptOfGet()
  const status = openStatusLine(process.stderr)
  try {
    const progress = (bytes: number): void => status.show(`images: ${formatBytes(bytes)}`)
    return await move({ signal: interrupt.signal, progress })
  } finally {
    status.clear()
    interrupt.release()
  }
}

async function listThem(): Promise<void> {
  const rows = (await listImages()).map(({ entry, tag, here, bytes, digest }) => [
    tag,
    entry.offline === tag ? entry.offlineIs : entry.offline === null ? `pinned; ${entry.whyNotBuilt}` : 'pinned',
    here ? cell(`here, ${formatBytes(bytes)}`, 'good') : cell('not here', 'muted'),
    digest?.slice(7, 19) ?? '',
  ])
  print(tableLines(table('Images', ['image', 'what', '', 'digest'], rows), terminal(process.stdout)).join('\n'))
}
