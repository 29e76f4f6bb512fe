/** Somebody who goes through a lab by keys and sees nothing but the screen. */
import { mkdir, symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { vi } from 'vitest'
import { findBinary } from '../../src/runtime/processes/binaries.ts'
import type { TestTerminal } from './terminal.ts'

/** For what starts systems, on a machine that is busy. */
export const patienceMs = 60_000

export interface Learner {
  /** Moves the cursor to the option, with `by` where options stand in one line, and takes it. */
  choose(label: string, by?: 'Down' | 'Right'): Promise<void>
  /** Writes into the field under the cursor. */
  write(text: string): Promise<void>
  /** Locks the answers; the cursor is there once all are given. */
  commit(): Promise<string>
  /** Pages down until it is on the screen. */
  find(shows: string | RegExp): Promise<string>
  /** Waits until the checks of a task were judged and not all are right. */
  judged(): Promise<string>
  /** Waits until this step is at hand. */
  arrives(step: number, title: string): Promise<string>
}

export function learnerAt(terminal: TestTerminal): Learner {
  /** Presses the key until it is there; each time the screen must have answered. */
  const press = async (key: string, shows: RegExp): Promise<string> => {
    for (let seen = await terminal.screen(), left = 40; ; left -= 1) {
      if (shows.test(seen)) return seen
      if (left === 0) throw new Error(`${key} does not lead to ${shows}:\n${seen}`)
      const before = seen
      await terminal.keys(key)
      seen = await terminal.still((now) => {
        if (now === before) throw new Error(`${key} changes nothing, and ${shows} is not there:\n${now}`)
      })
    }
  }
  return {
    choose: async (label, by = 'Down') => {
      const option = literally(label)
      await press(by, new RegExp(`❯ [○●] ${option}`))
      await terminal.keys('Enter')
      await terminal.until(new RegExp(`● ${option}`))
    },
    write: async (text) => {
      await terminal.keys('Enter')
      await terminal.until('letters write')
      await terminal.line(text)
      await terminal.until(/❯ (Commit|○)|How sure are you\? ❯/)
    },
    commit: async () => {
      await press('Down', /❯ Commit/)
      await terminal.keys('Enter')
      return terminal.until('n next')
    },
    find: (shows) => press('Space', typeof shows === 'string' ? new RegExp(literally(shows)) : shows),
    judged: () =>
      vi.waitFor(
        async () => {
          // They stand at the end, once they are there.
          await terminal.keys('G')
          const seen = await terminal.screen()
          if (/[✓✗] (right|wrong)[\s\S]*\n Make every check right first/.test(seen)) return seen
          throw new Error(`Nothing was judged:\n${seen}`)
        },
        { timeout: patienceMs, interval: 100 },
      ),
    arrives: (step, title) => terminal.until(new RegExp(` ${step}( of |/)\\d+ .*\\n.*\\n ${literally(title)}`)),
  }
}

/** Variables of a terminal in which only what EdgeLab brings can run: a PATH of its own, made in this folder. */
export async function embeddedOnly(folder: string): Promise<Readonly<Record<string, string>>> {
  await mkdir(folder, { recursive: true })
  for (const name of ['node', 'sh', 'stty', 'cat', 'cp', 'taskset']) {
    const found = findBinary([name])
    if (found) await symlink(found, join(folder, name))
  }
  return { PATH: [folder].join(delimiter) }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
