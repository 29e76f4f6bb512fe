/** The table of a run that is under way: which columns fit, and one system as a line of them. */
import type { KnownInterval } from '../../../../experiment/events.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import type { Look } from '../../../evidence/looks.ts'
import { stateTexts } from '../../../live/live-lines.ts'
import type { LiveFigures, LiveRow } from '../../../live/live-row.ts'
import type { LiveSlices } from '../../../live/live-slices.ts'
import type { Screen } from '../../../services.ts'
import { markOf } from '../../../text/chart/marks.ts'
import { paint, paintSeries } from '../../../text/style.ts'
import { knownText } from '../../../words/known-words.ts'
import { proofScore } from '../../../words/proof-score.ts'
import { column, fitted } from '../../widgets/theme.ts'

interface Figure {
  readonly title: string
  readonly width: number
  /** Undefined while there is none. */
  readonly text: (row: LiveRow) => string | undefined
}

const ofRound = (text: (figures: LiveFigures) => string): Figure['text'] => {
  return ({ figures }) => (figures === null ? undefined : text(figures))
}
const counted = (kind: number): Figure['text'] => ofRound(({ classes }) => formatNumber(classes[kind] ?? 0))
const ofSlices = (text: (slices: LiveSlices) => string): Figure['text'] => {
  return ({ slices }) => (slices === null ? undefined : text(slices))
}
const soFar = (interval: KnownInterval | undefined): string => (interval ? knownText(interval) : '')

/** In the order in which they stand; those of a later group are left out first. */
const groups: Readonly<Record<'rounds' | 'slices', readonly (readonly Figure[])[]>> = {
  rounds: [
    [
      { title: 'sent', width: 6, text: ofRound(({ sent }) => formatNumber(sent)) },
      { title: 'p50', width: 7, text: ofRound(({ p50Ms }) => formatMs(p50Ms)) },
      { title: 'p99', width: 7, text: ofRound(({ p99Ms }) => formatMs(p99Ms)) },
    ],
    [
      { title: '2xx', width: 6, text: counted(2) },
      { title: '4xx', width: 5, text: counted(4) },
      { title: '5xx', width: 4, text: counted(5) },
    ],
    [
      {
        title: 'errors',
        width: 6,
        text: ofRound(({ failures, unexpected }) => formatNumber(failures + unexpected)),
      },
      {
        title: 'from cache',
        width: 10,
        text: ofRound(({ fromCache }) => (fromCache === null ? '–' : formatShare(fromCache))),
      },
      {
        title: 'origin saw',
        width: 10,
        text: ofRound(({ originSaw }) => (originSaw === null ? '…' : formatNumber(originSaw))),
      },
    ],
  ],
  slices: [
    [
      { title: 'p50', width: 7, text: ofSlices(({ p50Ms }) => formatMs(p50Ms)) },
      {
        title: 'CPU',
        width: 7,
        text: ofSlices(({ cpuUs }) => (Number.isNaN(cpuUs) ? '–' : `${formatNumber(cpuUs)} µs`)),
      },
    ],
    [{ title: 'p50 ratio', width: 13, text: ofSlices(({ p50 }) => soFar(p50)) }],
    [{ title: 'errors', width: 6, text: ofSlices(({ errors }) => formatNumber(errors)) }],
    [
      { title: 'CPU ratio', width: 13, text: ofSlices(({ cpu }) => soFar(cpu)) },
      { title: 'sent', width: 7, text: ofSlices(({ sent }) => formatNumber(sent)) },
      { title: 'doubtful', width: 8, text: ofSlices(({ flagged }) => formatNumber(flagged)) },
    ],
  ],
}

const gap = ' '
const proofWidth = 7
const stateWidth = 12
/** Before a line: the pointer and a blank. */
const pointerWidth = 2
/** Before a label: the marker of its system, as in the charts, and a blank. */
const markWidth = 2
/** On a narrower screen figures need the room of the marker. */
const markedFrom = 70

export interface LiveColumns {
  readonly columns: number
  /** Width of the first column, the marker included. */
  readonly label: number
  readonly marked: boolean
  readonly figures: readonly Figure[]
}

/** `columns`: of the whole line; `way`: how the scenario is measured. */
export function liveColumns(labels: readonly string[], columns: number, way: 'rounds' | 'slices'): LiveColumns {
  const marked = columns >= markedFrom
  const label = (marked ? markWidth : 0) + Math.max(6, ...labels.map(({ length }) => Math.min(length, 20)))
  let left = columns - pointerWidth - label - (gap.length + proofWidth) - (gap.length + stateWidth)
  const figures: Figure[] = []
  for (const group of groups[way]) {
    const width = group.reduce((sum, each) => sum + gap.length + each.width, 0)
    if (width > left) break
    left -= width
    figures.push(...group)
  }
  return { columns, label, marked, figures }
}

export function liveHead({ columns, label, figures }: LiveColumns, screen: Screen): string {
  const titles = figures.map(({ title, width }) => column(title, width, screen, 'right'))
  const line = [column('system', label, screen), column('proof', proofWidth, screen), ...titles].join(gap)
  return paint(fitted(`  ${line}`, columns, screen), 'strong', screen)
}

/** Without the pointer. Where there are no figures yet, the place is used to say why. */
export function liveLine(row: LiveRow, look: Look, layout: LiveColumns, screen: Screen): string {
  const { label, state, proof, figures, slices, reason } = row
  const score = proofScore(proof)
  const passed = score.claimed === 0 ? '–' : score.text
  const mark = layout.marked ? `${paintSeries(markOf(look, screen), look.slot, screen)} ` : ''
  const name = `${mark}${column(label, layout.label - (layout.marked ? markWidth : 0), screen)}`
  const proved = paint(column(passed, proofWidth, screen), score.passed < score.claimed ? 'bad' : undefined, screen)
  const head = `${name}${gap}${proved}`
  const room = layout.columns - pointerWidth - layout.label - 2 * gap.length - proofWidth
  if (figures === null && slices === null) {
    const why = reason === '' ? stateTexts[state] : `${stateTexts[state]}: ${reason}`
    const lost = state === 'failed' || state === 'unavailable'
    return `${head}${gap}${paint(fitted(why, room, screen), lost ? 'bad' : undefined, screen)}`
  }
  const cells = layout.figures.map(({ width, text }) => column(text(row) ?? '', width, screen, 'right'))
  return [head, ...cells, fitted(stateTexts[state], stateWidth, screen)].join(gap)
}
