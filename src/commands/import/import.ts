import { basename } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import { type FormatId, formatIds } from '../../import/access-log/formats/index.ts'
import { type FieldName, fieldNames } from '../../import/access-log/formats/json-dialects.ts'
import { readAccessLog } from '../../import/access-log/read.ts'
import { readHar } from '../../import/har/read.ts'
import { type Reading, toScenario } from '../../import/import.ts'
import { onInterrupt } from '../interrupt.ts'
import { openStatusLine } from '../machine/get/status-line.ts'
import { print, terminal } from '../output.ts'
import { accessLogHelp, harHelp } from './help.ts'
import { importProgress } from './progress.ts'
import { checkFree, idFor, outFor, saveScenario } from './save-scenario.ts'
import { summary } from './summary.ts'

interface Flags {
  readonly out?: string
  readonly force?: boolean
  readonly speed: number
}

interface LogFlags {
  readonly format?: FormatId
  readonly field?: ReadonlyMap<FieldName, string>
}

type Read = (signal: AbortSignal, onProgress: (readBytes: number, bytes: number) => void) => Promise<Reading>

export function importCommand(finished: (code: ExitCode) => void): Command {
  const command = new Command('import').description(
    'turn recorded traffic into a scenario, without what is private in it',
  )
  const sub = (name: string, description: string): Command =>
    command
      .command(name)
      .description(description)
      .argument('<file>', 'the recording; may be compressed with gzip or zstd')
      .option('--out <file>', 'file for the scenario (default: beside the recording)')
      .option('--force', 'replace an existing file')
      .option('--speed <factor>', 'this many times as fast as it was recorded', speed, 1)

  sub('har', 'a HAR, as browsers export it')
    .option(
      '--host <name>',
      'a host whose requests count, with its port (default: those of the first page’s site); may be repeated',
      several,
    )
    .addHelpText('after', harHelp)
    .action(async (file: string, { host = [], ...flags }: Flags & { readonly host?: readonly string[] }) => {
      await carryOut(file, flags, (signal, onProgress) => readHar(file, { hosts: host, signal, onProgress }))
      finished(exitCodes.done)
    })
  sub('access-log', 'an access log of a server, proxy or gateway')
    .addOption(
      new Option('--format <format>', 'the log’s format (default: told from its first lines)').choices(formatIds),
    )
    .option(
      '--field <what=key>',
      `the key of a JSON line that says one of ${fieldNames.join(', ')}; may be repeated`,
      field,
    )
    .addHelpText('after', accessLogHelp)
    .action(async (file: string, { format: named, field: fields = new Map(), ...flags }: Flags & LogFlags) => {
      const format = named ?? (fields.size > 0 ? 'json' : undefined)
      await carryOut(file, flags, (signal, onProgress) =>
        readAccessLog(file, { ...(format ? { format } : {}), fields, signal, onProgress }),
      )
      finished(exitCodes.done)
    })
  return command
}

/** Nothing is written before everything was read: whatever ends it leaves what was there. */
async function carryOut(file: string, { out = outFor(file), force = false, speed }: Flags, read: Read): Promise<void> {
  if (!force) await checkFree(out)
  const status = openStatusLine(process.stderr)
  const interrupt = onInterrupt((line) => process.stderr.write(`${line}\n`), 'Stopping; nothing was written.')
  try {
    const reading = await read(interrupt.signal, importProgress(basename(file), status))
    const imported = toScenario(reading, file, { id: idFor(out), speed })
    interrupt.signal.throwIfAborted()
    await saveScenario(out, imported.text, force)
    status.clear()
    print(summary(imported, out, terminal(process.stdout)))
  } catch (cause) {
    throw interrupt.signal.aborted ? new EdgeLabError('importInterrupted', {}, { cause }) : cause
  } finally {
    status.clear()
    interrupt.release()
  }
}

function speed(text: string): number {
  const factor = Number(text)
  if (factor >= 0.1 && factor <= 100) return factor
  throw new InvalidArgumentError('Allowed are numbers from 0.1 to 100.')
}

/** For commander: an option that may be repeated. */
function several(given: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, given]
}

function field(given: string, earlier: ReadonlyMap<FieldName, string> = new Map()): ReadonlyMap<FieldName, string> {
  const [what, ...key] = given.split('=')
  const known = fieldNames.find((name) => name === what)
  if (known && key.length > 0 && key[0] !== '') return new Map([...earlier, [known, key.join('=')]])
  throw new InvalidArgumentError(`Write what=key, as time=ts; what is one of ${fieldNames.join(', ')}.`)
}
