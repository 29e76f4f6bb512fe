/** A program on a terminal of 80×24: a pseudo-terminal of `script`, read and drawn by a terminal emulator of this process. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import xterm from '@xterm/headless'
import { cpuUs, endsWithBenchmark } from './processes.ts'

export const terminalSize = { columns: 80, rows: 24 }

export interface BenchTerminal {
  /**
   * Resolves when the drawn screen shows it; the time is that of the bytes which completed it, in milliseconds from the
   * program's start. Rejects when the program ends before.
   */
  until(shows: (screen: string) => boolean): Promise<number>
  type(keys: string): void
  /** CPU time so far of what runs on the terminal, milliseconds. */
  cpuMs(): number
  readonly ended: Promise<void>
}

/** `command` is for a shell, which becomes that program. */
export function startOnTerminal(command: string, cwd: string, env: NodeJS.ProcessEnv): BenchTerminal {
  const { columns, rows } = terminalSize
  const { CI, NO_COLOR, ...outer } = process.env
  const child = endsWithBenchmark(
    spawn('script', ['-qfec', `stty cols ${columns} rows ${rows}; printf .; exec ${command}`, '/dev/null'], {
      cwd,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...outer, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    }),
  )
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  // What the program asks of its terminal, the terminal answers.
  emulator.onData((answer) => child.stdin.write(answer))
  const screen = (): string =>
    Array.from({ length: rows }, (_, row) => emulator.buffer.active.getLine(row)?.translateToString(true)).join('\n')
  const waiting = new Set<{ shows: (screen: string) => boolean; found: (at: number) => void }>()
  let started: number | undefined
  let lastMs = 0
  const look = (atMs: number): void => {
    const seen = screen()
    for (const each of [...waiting].filter(({ shows }) => shows(seen))) {
      waiting.delete(each)
      each.found(atMs)
    }
  }
  child.stdout.on('data', (bytes: Uint8Array) => {
    const now = performance.now()
    // The dot is written the moment before the shell becomes the program.
    started ??= now
    const atMs = now - started
    lastMs = atMs
    emulator.write(bytes, () => look(atMs))
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject).on('close', () => resolve())
  })
  return {
    until: (shows) =>
      Promise.race([
        new Promise<number>((found) => {
          waiting.add({ shows, found })
          look(lastMs)
        }),
        ended.then(() => Promise.reject(new Error(`${command} ended before; its screen:\n${screen()}`))),
      ]),
    type: (keys) => void child.stdin.write(keys),
    cpuMs: () => descendants(child.pid!).reduce((sum, pid) => sum + cpuUs(pid), 0) / 1000,
    ended,
  }
}

function descendants(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return children === '' ? [] : children.split(' ').flatMap((child) => [Number(child), ...descendants(Number(child))])
}
