/** Lines of a page, with the ones that the cursor is on, and those that came last. */

/** First line and the one after the last. */
export interface Range {
  readonly from: number
  readonly to: number
}

export interface Stretch {
  readonly lines: readonly string[]
  /** What must stay in view; null where the cursor is elsewhere. */
  readonly focus: Range | null
  /** What was asked for by a key and is shown when it comes; absent where that is elsewhere. */
  readonly news?: Range
}

export function plain(lines: readonly string[]): Stretch {
  return { lines, focus: null }
}

/** One below the other, an empty line between those that are not empty. */
export function stacked(stretches: readonly Stretch[]): Stretch {
  return stretches
    .filter(({ lines }) => lines.length > 0)
    .reduce((above, below) => follow(above.lines.length === 0 ? above : follow(above, plain([''])), below), plain([]))
}

/** One right below the other. */
export function follow(above: Stretch, below: Stretch): Stretch {
  const by = above.lines.length
  const news = below.news ? shifted(below.news, by) : above.news
  return {
    lines: [...above.lines, ...below.lines],
    focus: below.focus ? shifted(below.focus, by) : above.focus,
    ...(news ? { news } : {}),
  }
}

function shifted({ from, to }: Range, by: number): Range {
  return { from: from + by, to: to + by }
}
