/**
 * Requests that were refused: counted, and written down with reason and address, never with what was sent. A flood
 * becomes one line a second, and the file stays small.
 */
import { appendFile, rename, stat } from 'node:fs/promises'
import type { RefusalReason } from '../protocol/refused.ts'
import type { Host, Refusal } from '../room/room.ts'

export interface RefusalLog {
  add(from: string, reason: RefusalReason): void
  seen: Host['refusals']
  /** What was added is in the file. */
  close(): Promise<void>
}

const everyMs = 1000
const lastKept = 100
/** Addresses and reasons in one second; beyond them addresses are `others`. */
const apart = 500
/** Bytes; there are two files of this size at most. */
const fileSize = 1024 * 1024

export function logRefusals(path: string): RefusalLog {
  const byReason: Partial<Record<RefusalReason, number>> = {}
  const last: Refusal[] = []
  /** Of this second, by address and reason. */
  const open = new Map<string, { at: string; from: string; reason: RefusalReason; times: number }>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const settle = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (open.size === 0) return
    const settled = [...open.values()]
    open.clear()
    last.push(...settled)
    last.splice(0, last.length - lastKept)
    const lines = settled.map((refusal) => `${JSON.stringify(refusal)}\n`).join('')
    // A log that cannot be written keeps nobody from the workshop; the counts go on.
    writing = writing.then(() => append(path, lines)).catch(() => undefined)
  }

  return {
    add: (from, reason) => {
      byReason[reason] = (byReason[reason] ?? 0) + 1
      const counted = open.size < apart ? from : 'others'
      const key = `${counted} ${reason}`
      const before = open.get(key)
      if (before) before.times += 1
      else open.set(key, { at: new Date().toISOString(), from: counted, reason, times: 1 })
      timer ??= setTimeout(settle, everyMs).unref()
    },
    seen: () => ({ byReason: { ...byReason }, last: [...last, ...open.values()].slice(-lastKept) }),
    close: async () => {
      settle()
      await writing
    },
  }
}

async function append(path: string, lines: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > fileSize) await rename(path, `${path}.1`)
  await appendFile(path, lines, { mode: 0o600 })
}
