/** Ratios as dots with whiskers in characters: a line for each system, all on one logarithmic axis. */
import stringWidth from 'string-width'
import type { IntervalRow, IntervalsBlock } from '../../../comparison/finding.ts'
import { seriesLooks } from '../../evidence/looks.ts'
import { type RatioScale, ratioScale } from '../../evidence/ratio-scale.ts'
import { axisWords, claimWords, floorWords, intervalText, shortClaimWords } from '../../words/interval-words.ts'
import { type BlockOptions, padded, paint, paintSeries, shown, type TextOptions, wrapped } from '../style.ts'
import { markOf } from './marks.ts'

/** A shorter axis than this does not tell neighbours apart: then the numbers stand on a line of their own. */
const narrowest = 20
const widest = 72
const longestName = 17
/** From this width on claims are written out. */
const roomy = 100
/** Cells that a tick's label takes with the blanks around it. */
const cellsPerTick = 9

const signs = {
  unicode: { left: '├', right: '┤', line: '─', band: '░', one: '│', across: '┼', less: '◄', more: '►', tick: '┴' },
  ascii: { left: '[', right: ']', line: '-', band: ':', one: '|', across: '+', less: '<', more: '>', tick: '+' },
} as const
type Signs = (typeof signs)[keyof typeof signs]

export function intervalLines(block: IntervalsBlock, options: BlockOptions): string[] {
  const foot = [floorWords(block), block.caption, block.summary].filter((text) => text !== '')
  const words = foot.flatMap((text) => wrapped(shown(text, options), options))
  const claims = options.columns < roomy ? shortClaimWords : claimWords
  return [...intervalsPicture(block, options, ({ claim }) => claims[claim]), ...words]
}

/** The picture alone; `said`: what stands at the end of a row, in a few words. Empty where there is no row. */
export function intervalsPicture(
  block: IntervalsBlock,
  options: BlockOptions,
  said: (row: IntervalRow) => string,
): string[] {
  const { rows } = block
  if (rows.length === 0) return []
  const looks = seriesLooks(
    rows.map(({ name }) => name),
    options.looks,
  )
  const drawn = rows.map((row, at) => {
    const look = looks[at]!
    const name = shown(row.name, options).replaceAll('\n', ' ')
    return {
      row,
      mark: markOf(look, options),
      slot: look.slot,
      name,
      numbers: shown(intervalText(row), options),
      claim: said(row),
    }
  })
  const wide = (texts: readonly string[]): number => Math.max(...texts.map((text) => stringWidth(text)))
  const nameWidth = Math.min(longestName, wide(drawn.map(({ name }) => name))) + 2
  const numbersWidth = wide(drawn.map(({ numbers }) => numbers))
  const claimWidth = wide(drawn.map(({ claim }) => claim))
  const beside = options.columns - nameWidth - numbersWidth - claimWidth - 5
  const stacked = beside < narrowest
  const width = Math.min(widest, stacked ? options.columns - 4 : beside)
  const indent = stacked ? 2 : nameWidth + 1
  const scale = ratioScale(block)
  const sign = signs[options.unicode ? 'unicode' : 'ascii']
  const lines = drawn.flatMap(({ row, mark, slot, name, numbers, claim }) => {
    const label = padded(paintSeries(`${mark} ${cut(name, nameWidth - 2)}`, slot, options), nameWidth)
    const end = paint(claim, row.claim === 'higher' || row.claim === 'lower' ? 'strong' : undefined, options)
    const plot = plotText(row, { mark, slot, width, scale, sign, options })
    const figures = `${padded(numbers, numbersWidth)}  ${end}`
    if (stacked) {
      const together = nameWidth + numbersWidth + claimWidth + 3 <= options.columns
      const head = together ? [`${label} ${figures}`] : [label, `${' '.repeat(indent)}${figures}`]
      return [...head, `${' '.repeat(indent)}${plot}`].map((line) => line.trimEnd())
    }
    return [`${label} ${plot}  ${figures}`.trimEnd()]
  })
  return [
    ...wrapped(shown(axisWords(block), options), options),
    ...lines,
    ...axisLines(scale, width, sign).map((line) => `${' '.repeat(indent)}${line}`.trimEnd()),
  ]
}

interface Plot {
  readonly mark: string
  readonly slot: number
  readonly width: number
  readonly scale: RatioScale
  readonly sign: Signs
  readonly options: TextOptions
}

/** One row of the picture: the band, the line at 1, over them the whisker, over all of them the dot. */
function plotText({ ratio, low, high }: IntervalRow, { mark, slot, width, scale, sign, options }: Plot): string {
  const cell = (value: number): number => Math.round(scale.share(value) * (width - 1))
  const [from, to, dot, one] = [cell(low), cell(high), cell(ratio), cell(1)]
  const [bandFrom, bandTo] = [cell(scale.floor.low), cell(scale.floor.high)]
  let text = ''
  let whisker = ''
  const flush = (): void => {
    text += paintSeries(whisker, slot, options)
    whisker = ''
  }
  for (let at = 0; at < width; at += 1) {
    if (at >= from && at <= to) {
      const start = at === from ? (scale.holds(low) ? sign.left : sign.less) : undefined
      const end = at === to ? (scale.holds(high) ? sign.right : sign.more) : undefined
      whisker += at === dot ? mark : (start ?? end ?? (at === one ? sign.across : sign.line))
      continue
    }
    flush()
    text += at === one ? sign.one : bandTo > bandFrom && at >= bandFrom && at <= bandTo ? sign.band : ' '
  }
  flush()
  return text
}

/** The axis with its ticks, and what they stand for: 1 before all others, which are written where there is room. */
function axisLines(scale: RatioScale, width: number, sign: Signs): readonly string[] {
  const line = Array.from({ length: width }, () => sign.line as string)
  const cells = Array.from({ length: width }, () => ' ')
  const ticks = scale.ticks(Math.max(2, Math.floor(width / cellsPerTick)))
  for (const value of [1, ...ticks.filter((tick) => tick !== 1)]) {
    const place = Math.round(scale.share(value) * (width - 1))
    const text = value === 1 ? '1' : String(value)
    const from = Math.min(Math.max(0, place - Math.floor(text.length / 2)), width - text.length)
    const free = cells.slice(Math.max(0, from - 1), from + text.length + 1).every((each) => each === ' ')
    if (!free) continue
    cells.splice(from, text.length, ...text)
    line[place] = sign.tick
  }
  return [line.join(''), cells.join('')]
}

function cut(text: string, width: number): string {
  let short = text
  while (stringWidth(short) > width) short = [...short].slice(0, -1).join('')
  return short
}
