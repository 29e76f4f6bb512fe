/** Ratios and intervals as dots with whiskers: what is claimed, and what the duplicate shows to be noise. */
import type { Judged } from '../../statistics/judge.ts'
import { significance } from '../../statistics/sequential/look.ts'
import { list, plural } from '../blocks.ts'
import type { IntervalRow, IntervalsBlock } from '../finding.ts'
import {
  atLeastPercent,
  differencePercent,
  intervalInWords,
  levelInWords,
  pInWords,
  ratioInWords,
  spanInWords,
} from './interval-words.ts'
import type { Compared } from './judged.ts'

/** What is drawn: where it may be judged, how. */
export type Drawable = Pick<Judged, 'interval' | 'claim'> & { readonly label: string }

/** The duplicate by the system that it is once more, whatever the others are compared to. */
export const noiseRow = 'noise'

interface Drawn {
  readonly title: string
  /** With its unit left out: `p50 latency`. */
  readonly quantity: string
  /** What a higher ratio means, and a lower one: `Slower than direct`. */
  readonly higher: string
  readonly lower: string
  readonly caption: string
}

/** Nothing where nothing was compared. `silent`: labels of which nothing may be said. */
export function intervalsBlock(
  { reference, judged, duplicate }: Compared,
  { title, quantity, higher, lower, caption }: Drawn,
  silent: ReadonlySet<string> = new Set(),
): readonly IntervalsBlock[] {
  const drawable = judged
    .filter(({ comparison: { label } }) => !silent.has(label))
    .map(({ comparison: { label }, ...rest }): Drawable => ({ label, ...rest }))
  const rows = rowsOf([...drawable, ...(duplicate ? [{ ...duplicate, label: noiseRow }] : [])])
  if (!reference || rows.length === 0) return []
  const named = (claim: IntervalRow['claim']): readonly string[] =>
    rows.filter((row) => row.claim === claim).map(({ name }) => name)
  const said = [
    ...phrase(higher, named('higher')),
    ...phrase(lower, named('lower')),
    ...phrase('No detectable difference', named('none')),
  ]
  return [
    {
      kind: 'intervals',
      title,
      reference: reference.label,
      quantity,
      rows,
      floor: judged[0]?.floor ?? 0,
      caption: duplicate ? `${caption} ${noiseCaption(duplicate)}` : caption,
      summary:
        said.length > 0
          ? said.join(' ')
          : `Nothing is claimed: ${list(rows.filter(({ name }) => name !== noiseRow).map(({ name, ratio }) => `${name} ${ratioInWords(ratio)}`))}.`,
    },
  ]
}

function phrase(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what}: ${list(names)}.`]
}

/** Smallest ratio first; one start has no interval to be drawn. */
export function rowsOf(all: readonly Drawable[]): readonly IntervalRow[] {
  return all
    .filter(({ interval }) => interval.starts > 1 && Number.isFinite(interval.ratio))
    .map(({ label, interval: { ratio, low, high }, claim }) => ({ name: label, ratio, low, high, claim }))
    .toSorted((a, b) => a.ratio - b.ratio)
}

/** `nginx and nginx-2, the same system twice, differed by 1.3 % (0.99–1.04).` */
export function noiseSentence({ duplicate }: Compared): readonly string[] {
  if (!duplicate || duplicate.interval.blocks === 0) return []
  const { comparison, interval } = duplicate
  const by = differencePercent(interval.ratio)
  return [
    `${comparison.reference} and ${comparison.label}, the same system twice, differed by ${by}${interval.starts > 1 ? ` (${spanInWords(interval)})` : ''}.`,
  ]
}

/** `Noise is nginx-2 against nginx, the same system twice.` */
export function noiseCaption({ comparison: { label, reference } }: Judged): string {
  return `Noise is ${label} against ${reference}, the same system twice.`
}

/** How whiskers were made, and when a difference is claimed. */
export function whiskerCaption({ judged, duplicate }: Compared, starts: number): string {
  const [any] = [...judged, ...(duplicate ? [duplicate] : [])]
  const level = any ? levelInWords(any.interval) : '95 %'
  const why = level === '95 %' ? '' : ' (not 95 %, because the run could have stopped earlier)'
  return `Whiskers are ${level} intervals${why} over ${plural(starts, 'fresh start')}. A difference is claimed where the interval clears the shaded band and p stays below 0.05 after Holm’s correction.`
}

/** Of a comparison of which no difference is claimed: what would have been seen, or why what was seen is not enough. */
export function nullSentence(judged: Judged, what: string, detectableDifference: number): string {
  const { interval, adjustedP, comparison } = judged
  const seen = interval.low > 1 || interval.high < 1
  if (!seen)
    return `No detectable difference${what} between ${comparison.label} and ${comparison.reference} (${intervalInWords(interval)}); a difference of ${atLeastPercent(detectableDifference)} would have been seen.`
  const why =
    adjustedP >= significance
      ? `after Holm’s correction p is ${pInWords(adjustedP)}`
      : `the difference is no larger than what counts as noise, ${atLeastPercent(judged.floor)}`
  return `${comparison.label} and ${comparison.reference} lie close together${what} (${intervalInWords(interval)}), and ${why}: no difference is claimed.`
}
