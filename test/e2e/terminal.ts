/** A terminal as a reader has it: a shell in tmux, of any size, typed into and looked at. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { vi } from 'vitest'
import { findBinary } from '../../src/runtime/processes/binaries.ts'

const run = promisify(execFile)
/** Less than between two frames of the app, of which there are fifteen a second at most. */
const lookEveryMs = 25

export const tmux = findBinary(['tmux'])
/** Appended to the name of what needs it. */
export const lacking = tmux ? '' : ': skipped, tmux is not on PATH'

/** What starts EdgeLab in the shell. */
export const edgelab = `node ${resolve('src/edgelab.mjs')}`
/** What the first screen says of the scenarios that EdgeLab brings. */
export const allScenarios = `${readdirSync('scenarios').filter((name) => name.endsWith('.yaml')).length} scenarios`

export interface Size {
  readonly columns: number
  readonly rows: number
}

export interface TestTerminal {
  /** Its working folder, which is where runs go, and what EdgeLab keeps in `home`; both are gone with it. */
  readonly folder: string
  readonly home: string
  /** Types text and Enter. */
  line(text: string): Promise<void>
  /** Presses keys, by tmux’s names: `Down`, `Enter`, `C-c`, `q`. */
  keys(...names: readonly string[]): Promise<void>
  /** What is on the screen, each row without blanks at its end. `styled`: with its escape sequences. */
  screen(styled?: boolean): Promise<string>
  /** Waits until `check` does not throw about the screen and nothing is drawn; resolves with that screen. */
  still(check: (screen: string) => void, timeoutMs?: number): Promise<string>
  /** The same, until the screen shows it. */
  until(shows: string | RegExp, timeoutMs?: number): Promise<string>
  /** The same, until the screen is another than this one. */
  changed(from: string, timeoutMs?: number): Promise<string>
  resize(size: Size): Promise<void>
  /** Every byte that was written to the terminal so far, each as one character. */
  written(): Promise<string>
  /** The window’s title, and what was put into the clipboard last. */
  title(): Promise<string>
  clipboard(): Promise<string>
  /** Of the terminal itself: whether the alternate screen is shown, and whether there is a cursor. */
  state(): Promise<{ readonly alternate: boolean; readonly cursor: boolean }>
  /** The pid of the shell. */
  shell(): Promise<number>
  /** Closes the window, as the cross in its corner does; the folder stays until `close`. */
  hangUp(): Promise<void>
  close(): Promise<void>
}

/** `environment` comes on top of a UTF-8 locale without NO_COLOR, and of an engine that is nowhere. */
export async function openTerminal(
  { columns, rows }: Size,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestTerminal> {
  const socket = `edgelab-test-${process.pid}-${randomBytes(3).toString('hex')}`
  const folder = await mkdtemp(join(tmpdir(), 'terminal-'))
  const home = join(folder, 'home')
  const tell = async (...args: readonly string[]): Promise<string> => {
    // A new window’s PATH is that of who asks for it, whatever -e says.
    const env = { ...outer, PATH: environment['PATH'] ?? outer.PATH }
    const { stdout } = await run(tmux!, ['-L', socket, '-f', '/dev/null', ...args], { env })
    return stdout
  }
  const variables = {
    LANG: 'C.UTF-8',
    LC_ALL: '',
    EDGELAB_HOME: home,
    DOCKER_HOST: 'unix:///nonexistent.sock',
    PS1: '$ ',
    ...environment,
  }
  const set = Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const size = ['-x', String(columns), '-y', String(rows)]
  await tell('-u', 'new-session', '-d', ...size, ...set, '-c', folder, 'sh')
  // The status line would be one of the rows.
  await tell('set-option', '-g', 'status', 'off')
  await tell('resize-window', ...size)
  // Sequences that ask for the clipboard are heeded.
  await tell('set-option', '-g', 'set-clipboard', 'on')
  const log = join(folder, 'written')
  await tell('pipe-pane', `cat >> '${log}'`)
  const screen = (styled = false): Promise<string> => tell('capture-pane', '-p', ...(styled ? ['-e'] : []))
  const formatted = async (format: string): Promise<string> => (await tell('display-message', '-p', format)).trim()
  const keys = async (...names: readonly string[]): Promise<void> => void (await tell('send-keys', ...names))
  let open = true
  const hangUp = async (): Promise<void> => {
    if (open) await tell('kill-server')
    open = false
  }
  const still: TestTerminal['still'] = (check, timeout = 20_000) => {
    let before: string | undefined
    return vi.waitFor(
      async () => {
        const last = before
        const seen = await screen()
        before = seen
        check(seen)
        // A frame comes in pieces: the screen counts once it is the same twice.
        if (seen === last) return seen
        throw new Error(`The screen still changes:\n${seen}`)
      },
      { timeout, interval: lookEveryMs },
    )
  }
  return {
    folder,
    home,
    line: async (text) => {
      await tell('send-keys', '-l', text)
      await keys('Enter')
    },
    keys,
    screen,
    still,
    until: (shows, timeout) =>
      still((seen) => {
        const isShown = typeof shows === 'string' ? seen.includes(shows) : shows.test(seen)
        if (!isShown) throw new Error(`The screen does not show ${shows}:\n${seen}`)
      }, timeout),
    changed: (from, timeout) =>
      still((seen) => {
        if (seen === from) throw new Error(`The screen stays as it is:\n${seen}`)
      }, timeout),
    resize: async (to) => void (await tell('resize-window', '-x', String(to.columns), '-y', String(to.rows))),
    written: () => readFile(log, 'latin1').catch(() => ''),
    title: () => formatted('#{pane_title}'),
    clipboard: () => tell('show-buffer'),
    state: async () => {
      const [alternate, cursor] = (await formatted('#{alternate_on} #{cursor_flag}')).split(' ')
      return { alternate: alternate === '1', cursor: cursor === '1' }
    },
    shell: async () => Number(await formatted('#{pane_pid}')),
    hangUp,
    close: async () => {
      await hangUp()
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** Nothing of this test's own environment decides how EdgeLab looks in the terminal. */
const outer = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LC_ALL: 'C.UTF-8' }
