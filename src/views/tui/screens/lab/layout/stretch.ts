/** Lines of a page, with the ones that the cursor is on. */

export interface Stretch {
  readonly lines: readonly string[]
  /** First line and the one after the last of what must stay in view; null where the cursor is elsewhere. */
  readonly focus: { readonly from: number; readonly to: number } | null
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
  const focus = below.focus && { from: below.focus.from + by, to: below.focus.to + by }
  return { lines: [...above.lines, ...below.lines], focus: focus ?? above.focus }
}
