/** Scales of a chart in characters: values to shares of an axis, and the values that are written beside it. */

/** Larger values are treated as this one: differences and doubles of numbers beyond it would overflow to infinity. */
const most = 1e300

export interface Axis {
  readonly low: number
  readonly high: number
  /** Value → 0–1; null where this scale has no place for it. */
  share(value: number): number | null
  /** 0–1 → value. */
  at(share: number): number
  /** What is worth writing, lowest first: the ends, and the middle or the powers of ten between them. */
  readonly ticks: readonly number[]
}

/**
 * The scale that holds all values; a linear one of `fromZero` begins there. Undefined where there is nothing to show.
 */
export function axisOf(values: readonly number[], log: boolean, fromZero: boolean): Axis | undefined {
  const usable = values.filter((value) => Math.abs(value) <= most && (!log || value > 0))
  if (usable.length === 0) return undefined
  const least = usable.reduce((a, b) => Math.min(a, b))
  const low = !log && fromZero ? Math.min(0, least) : least
  const top = usable.reduce((a, b) => Math.max(a, b))
  const high = top > low ? top : low + (log ? low : Math.max(1, Math.abs(low)))
  const to = log ? Math.log : (value: number): number => value
  const back = log ? Math.exp : (value: number): number => value
  const [start, span] = [to(low), to(high) - to(low)]
  const at = (share: number): number => back(start + share * span)
  return {
    low,
    high,
    at,
    share: (value) => {
      if (log && value <= 0) return null
      const share = (to(value) - start) / span
      return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : null
    },
    ticks: [low, ...(log ? tensBetween(low, high) : [Number(at(0.5).toPrecision(2))]), high],
  }
}

/** At most four, so that they say more than they hide; none where the ends lie within one power of ten. */
function tensBetween(low: number, high: number): readonly number[] {
  const first = Math.floor(Math.log10(low)) + 1
  const last = Math.ceil(Math.log10(high)) - 1
  const every = Math.max(1, Math.ceil((last - first + 1) / 4))
  const powers: number[] = []
  for (let power = first; power <= last; power += every) powers.push(10 ** power)
  return powers
}
