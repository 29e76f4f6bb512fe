/** What a learner changed in a file, line by line. */
import { structuredPatch } from 'diff'

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'skipped'
  /** Without its line feed; for `skipped` how many unchanged lines are left out. */
  readonly text: string
}

/** Unchanged lines shown around a change. */
const context = 3
/** Files with more changed lines than this are shown as wholly replaced: comparing takes time with the square of it. */
const maxEditLength = 2000

/** Lines of `before` and `after` in one list; empty where nothing changed. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  if (before === after) return []
  const [old, now] = [linesOf(before), linesOf(after)]
  const patch = structuredPatch('', '', textOf(old), textOf(now), '', '', { context, maxEditLength })
  if (!patch) return [...old.map((text) => line('-', text)), ...now.map((text) => line('+', text))]
  const lines: DiffLine[] = []
  let next = 1
  for (const hunk of patch.hunks) {
    lines.push(...skipped(hunk.oldStart - next), ...hunk.lines.map((text) => line(text[0]!, text.slice(1))))
    next = hunk.oldStart + hunk.oldLines
  }
  return [...lines, ...skipped(old.length + 1 - next)]
}

function line(sign: string, text: string): DiffLine {
  return { kind: sign === '+' ? 'added' : sign === '-' ? 'removed' : 'same', text }
}

function skipped(count: number): readonly DiffLine[] {
  return count > 0 ? [{ kind: 'skipped', text: String(count) }] : []
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** Every line ends with a line feed, so that one that is missing at the end of the file is no change. */
function textOf(lines: readonly string[]): string {
  return lines.map((each) => `${each}\n`).join('')
}
