/** Short ways to write evidence blocks. */

import type { PolicyFeature } from '../policy/features/index.ts'
import { featureNouns } from '../policy/features/titles.ts'
import { formatNumber, formatShare } from '../units.ts'
import type { Cell, NoteBlock, TableBlock } from './finding.ts'

export function cell(text: string, tone?: Cell['tone']): Cell {
  return tone ? { text, tone } : { text }
}

/** Columns are right-aligned where they begin with `>`. */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly (string | Cell)[])[],
  caption = '',
): TableBlock {
  return {
    kind: 'table',
    title,
    columns: columns.map((column) =>
      column.startsWith('>') ? { title: column.slice(1), align: 'right' } : { title: column, align: 'left' },
    ),
    rows: rows.map((row) => row.map((each) => (typeof each === 'string' ? cell(each) : each))),
    caption,
  }
}

export function note(text: string, tone: NoteBlock['tone'] = 'info'): NoteBlock {
  return { kind: 'note', tone, text }
}

/** `nginx, nginx-lua and node-gateway` */
export function list(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? 'none'
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Of a system; the predicate is in the past tense, or else fits one and several. */
export interface Said {
  readonly label: string
  readonly says: string
}

/** One sentence for all of which the same is said, where the first of them stands: twelve systems are no twelve sentences. */
export function sentences(said: readonly Said[]): readonly string[] {
  return [...Map.groupBy(said, ({ says }) => says)].map(
    ([says, alike]) => `${list(alike.map(({ label }) => label))} ${says}`,
  )
}

/** `nginx, haproxy, envoy and four more`: all where there are up to four of them. */
export function few(names: readonly string[], last: 'and' | 'or' = 'and'): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${spelled(names.length - 3)} more`] : names
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}` : list(shown)
}

/** `routing, balancing and API keys` */
export function nouns(features: readonly PolicyFeature[]): string {
  return list(features.map((feature) => featureNouns[feature]))
}

/** `1 request`, `2 requests` */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

const numbers = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** Small numbers as words, `no` for 0: in sentences figures are what was measured. */
export function spelled(count: number): string {
  return numbers[count] ?? String(count)
}

/** `62 µs`, `62 µs (76 % refused)`: a refusal costs little, so a figure of many of them says so. */
export function cpuInWords(us: number, refusedShare: number): string {
  if (!Number.isFinite(us)) return '–'
  const refused = refusedShare > 0 ? ` (${formatShare(refusedShare)} refused)` : ''
  return `${formatNumber(us)} µs${refused}`
}
