/** Every command, and which of them argv means. */

import { Command, CommanderError } from 'commander'
import { asTyped } from '../errors/typed.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../errors.ts'
import { version } from '../package-root.ts'
import { question } from '../views/words/question.ts'
import { configCommand } from './config/config.ts'
import { exportCommand } from './config/export.ts'
import { importCommand } from './import/import.ts'
import { labCommand, withLabVerb } from './lab/lab.ts'
import { cleanCommand } from './machine/clean.ts'
import { doctorCommand } from './machine/doctor.ts'
import { fetchBeforeFirstRun } from './machine/get/before-first-run.ts'
import { getCommand } from './machine/get/get.ts'
import { imagesCommand } from './machine/images.ts'
import { listCommand } from './matrix/list.ts'
import { matrixCommand } from './matrix/matrix.ts'
import { compareCommand } from './run/report/compare.ts'
import { decideCommand } from './run/report/decide.ts'
import { reportCommand } from './run/report/report.ts'
import { runCommand } from './run/run.ts'
import { hostCommand } from './workshop/host/host.ts'
import { joinCommand } from './workshop/join/join.ts'

/** A first look of about two minutes: what is run where nobody says what. */
const firstLook = ['overhead', 'caching', 'rate-limit', 'transform']

/** Carries it out. Throws EdgeLabError. */
export async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  const program = new Command('edgelab')
    .description(
      `${question}\nAnswered by experiment, on this machine. Without a command: the app. With --plain, or into a pipe: a first look at ${firstLook.slice(0, -1).join(', ')} and ${firstLook.at(-1)}.`,
    )
    .version(version)
  let exitCode: ExitCode = exitCodes.done
  const finished = (code: ExitCode): void => {
    exitCode = code
  }
  for (const command of [
    runCommand,
    labCommand,
    joinCommand,
    reportCommand,
    decideCommand,
    compareCommand,
    listCommand,
    matrixCommand,
    configCommand,
    exportCommand,
    importCommand,
    getCommand,
    imagesCommand,
    doctorCommand,
    cleanCommand,
    hostCommand,
  ]) {
    program.addCommand(command(finished))
  }
  for (const command of withAllBelow(program)) {
    // Errors are written by the caller, with title and hint, as all others are.
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        outputError: () => undefined,
        writeOut: (text) => process.stdout.write(asTyped(text)),
      })
  }
  try {
    const lab = program.commands.find((command) => command.name() === 'lab')!
    if (isWithoutCommand(argv)) await fetchBeforeFirstRun()
    const given = isWithoutCommand(argv) ? ['run', ...firstLook, '--quick', ...argv] : withLabVerb(argv, lab)
    await program.parseAsync([...given], { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help or the version was asked for and has been written; so has the help that a command without its verb shows.
    if (error.exitCode === 0) return exitCodes.done
    if (error.code === 'commander.help') return exitCodes.badInput
    throw new EdgeLabError('usage', { what: sentence(error.message) }, { cause: error })
  }
}

function withAllBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)]
}

/** Commander's `error: unknown option '--plan'` as a sentence of the error table. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').replace(/\n/g, ' ')
  const closed = /[.?)!]$/.test(text) ? text : `${text}.`
  return closed[0]!.toUpperCase() + closed.slice(1)
}

/** `edgelab` into a pipe, or `edgelab --plain`: a first look, in text. */
function isWithoutCommand(argv: readonly string[]): boolean {
  return argv.every((arg) => arg === '--plain')
}
