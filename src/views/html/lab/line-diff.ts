/** What a learner changed in a file, line by line. */
import { sharedLines } from '../../evidence/shared-lines.ts'

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'skipped'
  /** Without its line feed; for `skipped` how many unchanged lines are left out. */
  readonly text: string
}

/** Unchanged lines shown around a change. */
const context = 3
/** Longer files are shown as wholly replaced: comparing takes lines × lines. */
const maxLines = 2000

/** Lines of `before` and `after` in one list; empty where nothing changed. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  if (before === after) return []
  const [old, now] = [linesOf(before), linesOf(after)]
  if (old.length > maxLines || now.length > maxLines) {
    return [...old.map((text) => removed(text)), ...now.map((text) => added(text))]
  }
  return folded(merged(old, now))
}

function merged(old: readonly string[], now: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  for (const [to, at] of [...sharedLines(old, now), [old.length, now.length] as const]) {
    lines.push(...old.slice(i, to).map(removed), ...now.slice(j, at).map(added))
    const same = old[to]
    if (same !== undefined) lines.push({ kind: 'same', text: same })
    i = to + 1
    j = at + 1
  }
  return lines
}

function folded(lines: readonly DiffLine[]): DiffLine[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same'),
  )
  return lines.flatMap((line, at): DiffLine[] => {
    if (near[at]) return [line]
    if (at > 0 && !near[at - 1]) return []
    const end = near.indexOf(true, at)
    return [{ kind: 'skipped', text: String((end < 0 ? lines.length : end) - at) }]
  })
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const removed = (text: string): DiffLine => ({ kind: 'removed', text })
const added = (text: string): DiffLine => ({ kind: 'added', text })
