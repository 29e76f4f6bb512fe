/** Notices that files were saved: by what is in them, however the editor writes (in place, or beside and renamed). */
import { type FSWatcher, watch } from 'node:fs'
import { dirname } from 'node:path'
import { readTextSync } from '../../text-file.ts'

export interface FileWatch {
  /** Takes the files' present content as known: only later differences count as changes. */
  seen(): void
  close(): void
}

/** Editors write a file in several steps; the last of them ends this pause. */
const settleMs = 150
/** Not every system tells of changes, and none of those in a folder that was removed and made again. */
const pollMs = 1000

export function watchFiles(files: readonly string[], changed: () => void): FileWatch {
  let known = contents(files)
  let settling: NodeJS.Timeout | undefined
  const watchers: FSWatcher[] = []

  function look(): void {
    const now = contents(files)
    if (now === known) return
    known = now
    changed()
  }
  function touched(): void {
    clearTimeout(settling)
    settling = setTimeout(look, settleMs)
  }

  const polling = setInterval(() => contents(files) !== known && touched(), pollMs)
  // Folders, not files: a file that is replaced by renaming would no longer be the watched one.
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    try {
      watchers.push(watch(folder, touched).on('error', () => undefined))
    } catch {
      // Polling sees it.
    }
  }
  return {
    seen: () => {
      known = contents(files)
    },
    close: () => {
      clearTimeout(settling)
      clearInterval(polling)
      for (const watcher of watchers) watcher.close()
    },
  }
}

function contents(files: readonly string[]): string {
  return JSON.stringify(files.map(textOf))
}

function textOf(file: string): string | null {
  try {
    return readTextSync(file)
  } catch {
    return null
  }
}
