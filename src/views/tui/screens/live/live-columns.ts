/** The table of a run that is under way: which columns fit, and one system as a line of them. */
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { stateTexts } from '../../../live/live-lines.ts'
import type { LiveFigures, LiveRow } from '../../../live/live-row.ts'
import type { Screen } from '../../../services.ts'
import { paint } from '../../../text/style.ts'
import { proofScore } from '../../../words/proof-score.ts'
import { column, fitted } from '../../widgets/theme.ts'

interface Figure {
  readonly title: string
  readonly width: number
  readonly text: (figures: LiveFigures) => string
}

const counted = (kind: number): Figure['text'] => {
  return ({ classes }) => formatNumber(classes[kind] ?? 0)
}

/** In the order in which they stand; those of a later group are left out first. */
const groups: readonly (readonly Figure[])[] = [
  [
    { title: 'sent', width: 6, text: ({ sent }) => formatNumber(sent) },
    { title: 'p50', width: 7, text: ({ p50Ms }) => formatMs(p50Ms) },
    { title: 'p99', width: 7, text: ({ p99Ms }) => formatMs(p99Ms) },
  ],
  [
    { title: '2xx', width: 6, text: counted(2) },
    { title: '4xx', width: 5, text: counted(4) },
    { title: '5xx', width: 4, text: counted(5) },
  ],
  [
    { title: 'errors', width: 6, text: ({ failures, unexpected }) => formatNumber(failures + unexpected) },
    { title: 'from cache', width: 10, text: ({ fromCache }) => (fromCache === null ? '–' : formatShare(fromCache)) },
    { title: 'origin saw', width: 10, text: ({ originSaw }) => (originSaw === null ? '…' : formatNumber(originSaw)) },
  ],
]

const gap = ' '
const proofWidth = 7
const stateWidth = 12
/** Before a line: the pointer and a blank. */
const pointerWidth = 2

export interface LiveColumns {
  readonly columns: number
  readonly label: number
  readonly figures: readonly Figure[]
}

/** `columns`: of the whole line. */
export function liveColumns(labels: readonly string[], columns: number): LiveColumns {
  const label = Math.max(6, ...labels.map(({ length }) => Math.min(length, 20)))
  let left = columns - pointerWidth - label - (gap.length + proofWidth) - (gap.length + stateWidth)
  const figures: Figure[] = []
  for (const group of groups) {
    const width = group.reduce((sum, each) => sum + gap.length + each.width, 0)
    if (width > left) break
    left -= width
    figures.push(...group)
  }
  return { columns, label, figures }
}

export function liveHead({ columns, label, figures }: LiveColumns, screen: Screen): string {
  const titles = figures.map(({ title, width }) => column(title, width, screen, 'right'))
  const line = [column('system', label, screen), column('proof', proofWidth, screen), ...titles].join(gap)
  return paint(fitted(`  ${line}`, columns, screen), 'strong', screen)
}

/** Without the pointer. Where there are no figures yet, the place is used to say why. */
export function liveLine(row: LiveRow, layout: LiveColumns, screen: Screen): string {
  const { label, state, proof, figures, reason } = row
  const score = proofScore(proof)
  const passed = score.claimed === 0 ? '–' : score.text
  const name = column(label, layout.label, screen)
  const proved = paint(column(passed, proofWidth, screen), score.passed < score.claimed ? 'bad' : undefined, screen)
  const head = `${name}${gap}${proved}`
  const room = layout.columns - pointerWidth - layout.label - 2 * gap.length - proofWidth
  if (figures === null) {
    const why = reason === '' ? stateTexts[state] : `${stateTexts[state]}: ${reason}`
    const lost = state === 'failed' || state === 'unavailable'
    return `${head}${gap}${paint(fitted(why, room, screen), lost ? 'bad' : undefined, screen)}`
  }
  const cells = layout.figures.map(({ width, text }) => column(text(figures), width, screen, 'right'))
  return [head, ...cells, fitted(stateTexts[state], stateWidth, screen)].join(gap)
}
