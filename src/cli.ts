/** argv → command; the only process.exit. */
import { Command, CommanderError } from 'commander'
import { openAppAt, somebodyIsThere } from './commands/app.ts'
import { cleanCommand } from './commands/clean.ts'
import { configCommand } from './commands/config.ts'
import { doctorCommand } from './commands/doctor.ts'
import { imagesCommand } from './commands/images.ts'
import { labCommand } from './commands/lab.ts'
import { listCommand } from './commands/list.ts'
import { terminal } from './commands/output.ts'
import { reportCommand } from './commands/report.ts'
import { runCommand } from './commands/run.ts'
import { type ExitCode, exitCodes, LabError } from './errors.ts'
import { question } from './views/question.ts'
import { renderError } from './views/text/error.ts'

async function main(argv: readonly string[]): Promise<ExitCode> {
  const program = new Command('edgelab')
    .description(
      `${question}\nAnswered by experiment, on this machine. Without a command: the app; with --plain, or into a pipe, all scenarios in quick mode.`,
    )
    .version(process.env['npm_package_version'] ?? '0.1.0')
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
    if (argv.length === 0 && somebodyIsThere()) return await openAppAt({ name: 'home' })
    await program.parseAsync(isWithoutCommand(argv) ? ['run', '--quick', ...argv] : [...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has already written its message or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput
    if (!(error instanceof LabError)) throw error
    process.stderr.write(renderError(error, terminal(process.stderr)))
    return error.exitCode
  }
}

/** `edgelab` into a pipe, or `edgelab --plain`: all scenarios, in text. */
function isWithoutCommand(argv: readonly string[]): boolean {
  return argv.every((arg) => arg === '--plain')
}

// A reader that has seen enough (`edgelab list | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  throw error
})

// The launcher is gone, killed perhaps: nobody waits for this process any more. It ends as it does on request.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`EdgeLab has a defect: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(exitCodes.failed)
  },
)
