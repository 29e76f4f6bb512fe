/**
 * Opens the app on a terminal and gives the terminal back, whichever way out is taken: `q`, Ctrl-C, a signal, a closed
 * terminal, a defect. What still runs is stopped after that, in lines that stay readable.
 */
import { render } from 'ink'
import type { ReactNode } from 'react'
import type { Screen, Services } from '../services.ts'
import { shown } from '../text/style.ts'
import { App } from './app.tsx'
import type { Route } from './navigation.tsx'
import { newShutdown, type RunningWork } from './shutdown.ts'
import { withLineWrap, withoutLineWrap } from './widgets/line-wrap.ts'

export interface AppOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly first: Route
  readonly screenFor: (route: Route) => ReactNode
  /** Frames a second at most. */
  readonly maxFps?: number
}

export interface AppExit {
  readonly why: 'quit' | 'interrupted'
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Resolves when the screen is given back and what ran is stopped; a second Ctrl-C does not wait for that.
 * Rejects with a defect, after the same.
 */
export async function openApp(services: Services, screen: Screen, options: AppOptions): Promise<AppExit> {
  const { stdin, stdout, first, screenFor, maxFps = 15 } = options
  const shutdown = newShutdown()
  const left = Promise.withResolvers<AppExit>()
  const forced = Promise.withResolvers<void>()
  let leaving = false
  const leave = (why: AppExit['why']): void => {
    if (leaving) return forced.resolve()
    leaving = true
    left.resolve({ why })
  }
  const fail = (error: unknown): void => {
    if (leaving) return
    leaving = true
    left.reject(error)
  }
  // Only Ctrl-C forces: a closed terminal says so more than once, by itself and through the launcher.
  const onSignal = (name: NodeJS.Signals): void => {
    if (name === 'SIGINT' || !leaving) leave('interrupted')
  }
  // The terminal was closed: nothing can be shown any more.
  const onDefect = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EIO') fail(error)
    else if (!leaving) leave('interrupted')
  }
  for (const name of signals) process.on(name, onSignal)
  process.on('uncaughtException', onDefect)
  // The lines may contain paths and messages of other programs, so control characters are escaped.
  const print = (line: string): boolean => stdout.write(`${shown(line, screen)}\n`)
  withoutLineWrap(stdout)
  try {
    const app = render(<App {...{ services, screen, first, screenFor, shutdown, leave, fail }} />, {
      stdin,
      stdout,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
      isScreenReaderEnabled: false,
    })
    // Ink ends by itself only when drawing failed.
    app.waitUntilExit().then(() => leaving || leave('quit'), fail)
    try {
      return await left.promise
    } finally {
      // Asked before the screens are taken down: they let go of what they hold then.
      const held = shutdown.held()
      app.unmount()
      withLineWrap(stdout)
      await Promise.race([stopAll(held, print), forced.promise])
      for (const line of shutdown.summary()) print(line)
    }
  } finally {
    for (const name of signals) process.off(name, onSignal)
    process.off('uncaughtException', onDefect)
  }
}

async function stopAll(held: readonly RunningWork[], print: (line: string) => void): Promise<void> {
  if (held.length === 0) return
  const what = held.map((each) => each.what).join(', ')
  print(`Stopping ${what}. Ctrl-C does not wait for it.`)
  const said = await Promise.all(held.map(({ stop }) => stop()))
  for (const line of said.flat()) print(line)
}
