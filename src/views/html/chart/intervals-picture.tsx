import type { CSSProperties, ReactNode } from 'react'
import type { IntervalRow, IntervalsBlock } from '../../../comparison/finding.ts'
import { type Look, type Looks, seriesLooks } from '../../evidence/looks.ts'
import { type RatioScale, ratioScale } from '../../evidence/ratio-scale.ts'
import { axisWords, claimWords, intervalText } from '../../words/interval-words.ts'
import { palette } from './chart-config.ts'
import { markerPath } from './marker-path.ts'

/** Units of the drawing: about pixels on a wide page. */
const wide = { all: 980, names: 142, plotFrom: 154, plotTo: 620, numbers: 640, claims: 798 } as const
const rowHeight = 26
const head = 6
const foot = 44
const capHeight = 5
const markerSize = 5.5
const mostTicks = 9
const longestName = 19

/** A row for each system on one logarithmic axis: dot, whisker, the floor as a band, and what is claimed, in words. */
export function IntervalsPicture({
  block,
  looks,
}: {
  readonly block: IntervalsBlock
  readonly looks: Looks
}): ReactNode {
  const { rows, title, summary } = block
  const scale = ratioScale(block)
  const drawn = seriesLooks(
    rows.map(({ name }) => name),
    looks,
  )
  const bottom = head + rows.length * rowHeight
  const one = place(scale, 1)
  const [from, to] = [place(scale, scale.floor.low), place(scale, scale.floor.high)]
  return (
    <div className="intervals">
      <svg viewBox={`0 0 ${wide.all} ${bottom + foot}`} role="img" aria-label={`${title}. ${summary}`}>
        <title>{title}</title>
        <desc>{summary}</desc>
        <rect className="floor" x={from} y={head} width={Math.max(0, to - from)} height={bottom - head} />
        {scale.ticks(mostTicks).map((tick) => (
          <Tick key={tick} at={place(scale, tick)} text={String(tick)} bottom={bottom} />
        ))}
        <line className="one" x1={one} x2={one} y1={head} y2={bottom + 5} />
        {rows.map((row, at) => (
          <Row key={at} row={row} look={drawn[at]!} y={head + (at + 0.5) * rowHeight} scale={scale} />
        ))}
        <text className="words" x={(wide.plotFrom + wide.plotTo) / 2} y={bottom + 36} textAnchor="middle">
          {axisWords(block)}
        </text>
      </svg>
    </div>
  )
}

function place(scale: RatioScale, ratio: number): number {
  return Math.round((wide.plotFrom + scale.share(ratio) * (wide.plotTo - wide.plotFrom)) * 10) / 10
}

function Tick({
  at,
  text,
  bottom,
}: {
  readonly at: number
  readonly text: string
  readonly bottom: number
}): ReactNode {
  return (
    <>
      <line className="tick" x1={at} x2={at} y1={head} y2={bottom + 5} />
      <text className="words" x={at} y={bottom + 18} textAnchor="middle">
        {text}
      </text>
    </>
  )
}

interface RowProps {
  readonly row: IntervalRow
  readonly look: Look
  readonly y: number
  readonly scale: RatioScale
}

function Row({ row, look, y, scale }: RowProps): ReactNode {
  const [low, high, dot] = [place(scale, row.low), place(scale, row.high), place(scale, row.ratio)]
  const color = { color: `var(--hue-${look.slot % palette.light.length})` } as CSSProperties
  const claimed = row.claim === 'higher' || row.claim === 'lower'
  return (
    <>
      <text x={wide.names} y={y + 4.5} textAnchor="end">
        {shortened(row.name)}
      </text>
      <g style={color} className={look.hollow ? 'hollow' : undefined}>
        <path
          className="whisker"
          d={`M${low} ${y}H${high}${cap(scale, row.low, low, y)}${cap(scale, row.high, high, y)}`}
        />
        <path className="dot" d={markerPath(look.slot)} transform={`translate(${dot} ${y}) scale(${markerSize})`} />
      </g>
      <text x={wide.numbers} y={y + 4.5}>
        {intervalText(row)}
      </text>
      <text x={wide.claims} y={y + 4.5} className={claimed ? 'claimed' : undefined}>
        {claimWords[row.claim]}
      </text>
    </>
  )
}

/** Labels of a reader's own may be longer than the room beside the axis. */
function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name
}

/** A bar across the end of a whisker, or an arrow where it goes on beyond the axis. */
function cap(scale: RatioScale, ratio: number, x: number, y: number): string {
  if (scale.holds(ratio)) return `M${x} ${y - capHeight}v${2 * capHeight}`
  const back = ratio < 1 ? capHeight : -capHeight
  return `M${x + back} ${y - capHeight}L${x} ${y}L${x + back} ${y + capHeight}`
}
