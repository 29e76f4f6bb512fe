/** argv → the app or a command; the only process.exit. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isInteractive, openAppAt } from './commands/app/app.ts'
import { guardOutput, lostOutput, outputWritten, terminal } from './commands/output.ts'
import { EdgeLabError, type ExitCode, exitCodes } from './errors.ts'

async function main(argv: readonly string[]): Promise<ExitCode> {
  try {
    if (argv.length === 0 && isInteractive()) return await openAppAt({ name: 'home' })
    // Loaded when it is needed: all commands together take longer to load than the app's first screen.
    const { runCommandLine } = await import('./commands/command-line.ts')
    return await runCommandLine(argv)
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    // That it stopped for want of a reader has been said.
    if (error.name === 'interrupted' && lostOutput()) return error.exitCode
    const { renderError } = await import('./views/text/error.ts')
    process.stderr.write(renderError(error, terminal(process.stderr)))
    return error.exitCode
  }
}

/**
 * Collects garbage. In process.exit Node waits for the threads that compile, and one of them may wait for a collection, which
 * nobody makes any more: the process would never end (nodejs/node#54918). After a collection there is room for what they do.
 */
function makeRoom(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
}

guardOutput()

// The launcher is gone, killed perhaps: nobody waits for this process any more. It ends as it does on request.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

main(process.argv.slice(2)).then(
  async (code) => {
    await outputWritten()
    makeRoom()
    process.exit(lostOutput()?.exitCode ?? code)
  },
  (error) => {
    process.stderr.write(`EdgeLab has a defect: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(exitCodes.failed)
  },
)
