/** What a stream can show, asked once, the same for every command; and what happens when it shows nothing any more. */
import { type ExitCode, exitCodes } from '../errors.ts'
import { whyUnwritable } from '../text-file.ts'

export interface Terminal {
  readonly columns: number
  readonly color: boolean
  readonly unicode: boolean
}

/** Colour only on a terminal and never against NO_COLOR (no-color.org); block characters only in a UTF-8 locale. */
export function terminal(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
  const dumb = env['TERM'] === 'dumb'
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  return {
    columns: stream.isTTY ? Math.max(40, stream.columns || 80) : Number(env['COLUMNS']) || 100,
    color: Boolean(stream.isTTY) && !dumb && !env['NO_COLOR'],
    unicode: process.platform === 'darwin' || process.platform === 'win32' || /utf-?8/i.test(locale),
  }
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

interface LostOutput {
  readonly exitCode: ExitCode
}

let lost: LostOutput | undefined

/** Whether standard output could not be written any more, and the code with which the process ends then. */
export function lostOutput(): LostOutput | undefined {
  return lost
}

/**
 * Output that fails is an interruption like Ctrl-C: whatever listens for signals stops and keeps what is finished;
 * where nothing does, the process ends. To be called once, before anything is written.
 */
export function guardOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // What is still written while everything stops fails as well.
    if (lost) return
    // The reader has seen enough (`edgelab … | head`), or the terminal was closed.
    const isOver = error.code === 'EPIPE' || error.code === 'EIO'
    lost = { exitCode: isOver ? exitCodes.interrupted : exitCodes.environment }
    const why = isOver ? 'nobody reads the output any more' : `the output cannot be written: ${whyUnwritable(error)}`
    process.stderr.write(`edgelab: ${why}; stopping as on Ctrl-C.\n`)
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(lost.exitCode)
  })
  // Where stderr fails too, nothing can be written any more; the exit code still tells.
  process.stderr.on('error', () => undefined)
}

/** Resolves when all that was written has left, or has failed to: before the exit code is decided. */
export function outputWritten(): Promise<void> {
  return new Promise((resolve) => process.stdout.write('', () => resolve()))
}
