/** What a learner changed in a file, line by line. */

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'skipped'
  /** Without its line feed; for `skipped` how many unchanged lines are left out. */
  readonly text: string
}

/** Unchanged lines shown around a change. */
const context = 3
/** Longer files are shown as wholly replaced: comparing takes lines × lines. */
const mostLines = 2000

/** Lines of `before` and `after` in one list; empty where nothing changed. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  if (before === after) return []
  const [old, now] = [linesOf(before), linesOf(after)]
  if (old.length > mostLines || now.length > mostLines) {
    return [...old.map((text) => removed(text)), ...now.map((text) => added(text))]
  }
  return folded(merged(old, now, commonLengths(old, now)))
}

/** [i][j]: how many lines `old` from i and `now` from j have in common, in order. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row, below] = [table[i]!, table[i + 1]!]
    for (let j = now.length - 1; j >= 0; j -= 1) {
      row[j] = old[i] === now[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!)
    }
  }
  return table
}

function merged(old: readonly string[], now: readonly string[], common: readonly Uint16Array[]): DiffLine[] {
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i]! })
      i += 1
      j += 1
    } else if (j >= now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push(removed(old[i]!))
      i += 1
    } else {
      lines.push(added(now[j]!))
      j += 1
    }
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
