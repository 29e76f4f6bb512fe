/**
 * Figures that a start does not have by itself, as the quantile of a pool: one value for each start, whose mean is the
 * figure without most of its bias, and whose spread is that of starts (Tukey's pseudo-values, 1958). `figureWithout` gets
 * the start to leave out, or none.
 */
export function pseudoValues<Start>(
  starts: readonly Start[],
  figureWithout: (left?: Start) => number,
): readonly number[] {
  const n = starts.length
  const whole = figureWithout()
  return n < 2 ? starts.map(() => whole) : starts.map((start) => n * whole - (n - 1) * figureWithout(start))
}
