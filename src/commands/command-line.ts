/** Every command, and which of them argv means. */

import { Command, CommanderError } from 'commander'
import { type ExitCode, exitCodes } from '../errors.ts'
import { version } from '../package-root.ts'
import { question } from '../views/words/question.ts'
import { cleanCommand } from './clean.ts'
import { configCommand } from './config.ts'
import { doctorCommand } from './doctor.ts'
import { imagesCommand } from './images.ts'
import { labCommand, withLabVerb } from './lab/lab.ts'
import { listCommand } from './list.ts'
import { reportCommand } from './run/report.ts'
import { runCommand } from './run/run.ts'

/** Carries it out. Throws EdgeLabError. */
export async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  const program = new Command('edgelab')
    .description(
      `${question}\nAnswered by experiment, on this machine. Without a command: the app; with --plain, or into a pipe, all scenarios in quick mode.`,
    )
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
  let exitCode: ExitCode = exitCodes.done
  const finished = (code: ExitCode): void => {
    exitCode = code
  }
  for (const command of [
    runCommand,
    labCommand,
    reportCommand,
    listCommand,
    configCommand,
    imagesCommand,
    doctorCommand,
    cleanCommand,
  ]) {
    program.addCommand(command(finished).exitOverride().showSuggestionAfterError())
  }
  try {
    const lab = program.commands.find((command) => command.name() === 'lab')!
    const given = isWithoutCommand(argv) ? ['run', '--quick', ...argv] : withLabVerb(argv, lab)
    await program.parseAsync([...given], { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has already written its message or the help that was asked for.
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput
  }
}

/** `edgelab` into a pipe, or `edgelab --plain`: all scenarios, in text. */
function isWithoutCommand(argv: readonly string[]): boolean {
  return argv.every((arg) => arg === '--plain')
}
