import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { EdgeLabError, type ExitCode, exitCodes } from '../../../errors.ts'
import { replaceWhole } from '../../../measurement/store/whole-file.ts'
import { whyUnwritable } from '../../../text-file.ts'
import { roomOnDisk } from '../../../workshop/host/state/room-on-disk.ts'
import { print } from '../../output.ts'
import { labsOf } from '../labs-of.ts'
import { type ExportFormat, roomFiles } from './room-files.ts'

interface Flags {
  readonly out?: string
  readonly csv?: boolean
  readonly json?: boolean
  readonly html?: boolean
  /** Commander's form of --without-names. */
  readonly withoutNames?: boolean
}

export function hostExportCommand(finished: (code: ExitCode) => void): Command {
  return new Command('export')
    .description(
      'write what the room predicted, what it saw and how long it took, as CSV, JSON and one HTML report; also while the host runs',
    )
    .argument('[workshop]', 'its id (default: the newest)')
    .option('--out <dir>', 'folder for the files (default: workshop-<id>)')
    .option('--csv', 'answers.csv, steps.csv and figures.csv')
    .option('--json', 'room.json: the same data as the report')
    .option('--html', 'room.html: one file that opens with a double click')
    .option('--without-names', 'numbers instead of names, in an order that tells nothing')
    .addHelpText('after', helpText)
    .action(async (id: string | undefined, flags: Flags) => {
      const room = await roomOnDisk(id)
      const labs = await labsOf(room.workshop)
      const wanted = (['csv', 'json', 'html'] as const satisfies readonly ExportFormat[]).filter(
        (format) => flags[format],
      )
      const files = await roomFiles(room, labs, {
        formats: wanted.length > 0 ? wanted : ['csv', 'json', 'html'],
        hasNames: !flags.withoutNames,
        now: new Date(),
      })
      const folder = flags.out ?? `workshop-${room.workshop.id}`
      for (const [name, text] of Object.entries(files)) print(await written(join(folder, name), text, folder))
      finished(exitCodes.done)
    })
}

async function written(path: string, text: string, folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true })
    await replaceWhole(path, text)
    return path
  } catch (cause) {
    throw new EdgeLabError('folderUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
}

const helpText = `
Without --csv, --json and --html, all three are written.

Examples:
  edgelab host export --out results
  edgelab host export --html --without-names`
