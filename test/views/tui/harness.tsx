/**
 * The app on a terminal that exists only here: real bytes into @xterm/headless, keys as bytes into stdin, and resizes. What
 * a test sees is what a person would see.
 */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import xterm from '@xterm/headless'
import type { ReactNode } from 'react'
import { expect, vi } from 'vitest'
import type { Screen, Services } from '../../../src/views/services.ts'
import type { Route } from '../../../src/views/tui/navigation.tsx'
import { type AppExit, openApp } from '../../../src/views/tui/open.tsx'
import { fakeServices } from './fake-services.ts'

export interface Setting {
  readonly columns?: number
  readonly rows?: number
  readonly color?: boolean
  readonly unicode?: boolean
  /** Those that the test needs; the others answer with nothing (fake-services.ts). */
  readonly services?: Partial<Services>
  readonly first?: Route
}

export interface OpenedApp {
  /** The screen as text, one string a row, without blanks at the ends. Exactly as many as the terminal has. */
  rows(): readonly string[]
  text(): string
  /** All bytes so far. */
  written(): string
  /** Keys by name (`down`, `return`, `escape`, `q`, `ctrl+c` …) or letters in one piece; each is drawn before the next. */
  press(...keys: readonly string[]): Promise<void>
  resize(columns: number, rows: number): Promise<void>
  /** Waits until the screen shows it. */
  shows(what: string | RegExp): Promise<void>
  /** Waits until the screen does not show it any more. */
  lacks(what: string | RegExp): Promise<void>
  /** Every move that was asked of navigation, oldest first. */
  readonly opened: readonly Route[]
  /** Resolves or rejects when the app was left. */
  readonly exit: Promise<AppExit>
  /** Leaves the app as q on the first screen would, and waits. */
  close(): Promise<void>
}

const bytes: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  home: '\u001b[H',
  end: '\u001b[F',
  return: '\r',
  // As the kitty protocol sends it: a lone ESC is told from the start of a sequence only by waiting.
  escape: '\u001b[27u',
  tab: '\t',
  'shift+tab': '\u001b[Z',
  space: ' ',
  backspace: '\u007f',
  'ctrl+c': '\u0003',
}

/** Opens the app with one screen, or with what `screenFor` makes of each route. */
export function openOn(
  screen: ReactNode | ((route: Route) => ReactNode),
  { columns = 80, rows = 24, color = false, unicode = true, services = {}, first = { name: 'home' } }: Setting = {},
): OpenedApp {
  const terminal = new xterm.Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true })
  let written = ''
  let drawn: Promise<void> = Promise.resolve()
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    writable: true,
    columns,
    rows,
    write(text: string, done?: () => void): boolean {
      written += text
      drawn = new Promise((resolve) => terminal.write(text, resolve))
      if (done) void drawn.then(done)
      return true
    },
  })
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  })
  const opened: Route[] = []
  const screenFor = typeof screen === 'function' ? screen : (): ReactNode => screen
  const shown: Screen = { color, unicode }
  const exit = openApp(fakeServices(services), shown, {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    first,
    maxFps: 1000,
    screenFor: (route) => {
      if (opened.at(-1) !== route) opened.push(route)
      return screenFor(route)
    },
  })
  // A test that does not look at the exit must not fail for it; one that does awaits it.
  exit.catch(() => undefined)

  const settle = async (): Promise<void> => {
    let before: string
    const givesUpAt = performance.now() + 10_000
    do {
      if (performance.now() > givesUpAt) throw new Error(`The screen did not settle within 10 s:\n${read().join('\n')}`)
      before = written
      // React, its scheduler and Ink's throttle take turns of the event loop; nothing new after several is a settled screen.
      for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await drawn
    } while (before !== written)
  }
  const read = (): string[] => {
    const { active } = terminal.buffer
    return Array.from(
      { length: terminal.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    )
  }
  const has = (what: string | RegExp): boolean =>
    typeof what === 'string' ? read().join('\n').includes(what) : what.test(read().join('\n'))

  return {
    rows: read,
    text: () => read().join('\n'),
    written: () => written,
    opened,
    exit,
    async press(...keys) {
      for (const key of keys) {
        await settle()
        stdin.write(bytes[key] ?? key)
        await settle()
      }
    },
    async resize(to, high) {
      await settle()
      terminal.resize(to, high)
      Object.assign(stdout, { columns: to, rows: high })
      stdout.emit('resize')
      await settle()
    },
    shows: (what) =>
      vi.waitFor(() => expect(has(what), `${what}\n${read().join('\n')}`).toBe(true), { timeout: 5000, interval: 5 }),
    lacks: (what) =>
      vi.waitFor(() => expect(has(what), `${what}\n${read().join('\n')}`).toBe(false), { timeout: 5000, interval: 5 }),
    async close() {
      stdin.write('\u0003')
      await exit.catch(() => undefined)
      terminal.dispose()
    },
  }
}
