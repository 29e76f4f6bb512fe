/** A run while it happens: proof first, then the rounds; stopping it keeps what is measured. */

import { Box } from 'ink'
import { type ReactNode, useState } from 'react'
import { looksFor } from '../../../evidence/looks.ts'
import { liveChart, liveIntervals } from '../../../live/live-chart.ts'
import { detailLines } from '../../../live/live-lines.ts'
import type { LivePicture } from '../../../live/live-model.ts'
import type { RunChoice, Screen } from '../../../services.ts'
import { pictureLines } from '../../../text/chart/chart.ts'
import { intervalsPicture } from '../../../text/chart/intervals.ts'
import { roughly } from '../../../text/progress/progress.ts'
import { paint, shown } from '../../../text/style.ts'
import { useBody, useScreen, useTextOptions } from '../../app-context.tsx'
import { type Binding, useInFront } from '../../keys/keys.tsx'
import { useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row, useScroll } from '../../widgets/lines.tsx'
import { fitted } from '../../widgets/theme.ts'
import { useTicks } from '../../widgets/ticker.ts'
import { LiveTable } from './live-table.tsx'
import { useLiveRun } from './use-live-run.ts'

/** Chart and details stand beside each other from here on. */
const besideFrom = 118
const chartWidth = 72
/** Lines of a chart beside those between its axes: title, two axis titles, axis, ticks. */
const chartFrame = 5
/** From here on the header has room for words. */
const roomy = 74
/** A lower chart says nothing. */
const lowestChart = 9

export function LiveScreen({ choice }: { readonly choice: RunChoice }): ReactNode {
  const screen = useScreen()
  const { columns, rows } = useBody()
  const text = useTextOptions()
  const inFront = useInFront()
  const [frozen, setFrozen] = useState<LivePicture | null>(null)
  const { model, stopping, over, stop } = useLiveRun(choice, frozen !== null)
  const [view, setView] = useState<'chart' | 'details'>('chart')
  useTicks(inFront && frozen === null)
  const picture = frozen ?? model.read()
  const tableHeight = Math.min(picture.rows.length + 1, rows - 4)
  const area = rows - tableHeight - 1
  const choose = useChoice(picture.rows.length, tableHeight - 1)
  const chosen = picture.rows[choose.at]
  const roomForChart = area >= lowestChart
  const wide = columns >= besideFrom && roomForChart
  const showsDetails = wide || view === 'details' || !roomForChart
  const details = chosen ? detailLines(chosen, { ...text, columns: wide ? columns - chartWidth - 2 : columns }) : []
  const scroll = useScroll(details.length, area)
  const showDetails = (): void => {
    scroll.toTop()
    setView('details')
  }
  const bindings: readonly Binding[] = [
    ...choose.bindings
      .filter(({ keys }) => keys.includes('up') || keys.includes('down'))
      .map((binding) => ({
        ...binding,
        act: (text: string) => {
          scroll.toTop()
          binding.act(text)
        },
      })),
    ...scroll.bindings
      .filter(({ keys }) => showsDetails && (keys.includes('pageUp') || keys.includes('pageDown')))
      .map((binding) => ({ ...binding, label: 'scroll', footer: true })),
    { keys: ['return'], label: 'details', footer: true, when: !showsDetails, act: showDetails },
    {
      keys: ['tab'],
      label: view === 'details' ? 'chart' : 'details',
      help: 'chart, or details of the chosen system',
      footer: true,
      when: !wide && roomForChart,
      act: () => (view === 'chart' ? showDetails() : setView('chart')),
    },
    {
      keys: ['f'],
      label: frozen ? 'go on' : 'freeze',
      help: frozen ? 'show where the run is' : 'freeze the screen; the run goes on',
      footer: true,
      act: () => setFrozen(frozen ? null : picture),
    },
    {
      keys: ['q', 'escape'],
      label: stopping ? 'do not wait' : 'stop',
      help: stopping ? 'back without waiting until everything is stopped' : 'stop; what is finished is kept',
      footer: true,
      act: () => {
        setFrozen(null)
        stop()
      },
    },
  ]
  const { scenario } = picture
  return (
    <Frame
      title={scenario ? `${scenario.id} · ${scenario.question}` : 'Getting ready'}
      right={over ? 'frozen · the run is over' : progressText(picture, stopping, frozen !== null, columns)}
      bindings={bindings}
    >
      <LiveTable
        rows={picture.rows}
        way={picture.start ? 'slices' : 'rounds'}
        chosen={choose.at}
        height={tableHeight}
      />
      <Row line={noteLine(picture, columns, screen)} />
      <Box height={area} flexShrink={0}>
        {roomForChart && (wide || view === 'chart') && (
          <Box flexDirection="column" width={wide ? chartWidth : columns} marginRight={wide ? 2 : 0} flexShrink={0}>
            {chartOf(picture, { ...text, columns: wide ? chartWidth : columns }, area).map((line, at) => (
              <Row key={at} line={line} />
            ))}
          </Box>
        )}
        {showsDetails && <Lines lines={details} height={area} offset={scroll.offset} />}
      </Box>
    </Frame>
  )
}

/** `scenario 1 of 2 · round 3 of 6 · 14 s left`; where there is little room `1/2 · round 3/6 · 14 s left`. */
function progressText(picture: LivePicture, stopping: boolean, frozen: boolean, columns: number): string {
  const { scenario, leftMs, finished } = picture
  if (finished) return 'writing the report'
  if (stopping) return columns < roomy ? 'stopping; what is done stays' : 'stopping; what is finished is kept'
  const of = columns < roomy ? '/' : ' of '
  const which = scenario ? `${columns < roomy ? '' : 'scenario '}${scenario.number}${of}${scenario.of}` : ''
  return [
    ...(frozen ? ['frozen'] : []),
    ...(scenario && scenario.of > 1 ? [which] : []),
    ...(scenario ? [whereText(picture, columns)] : []),
    // Frozen, it would be wrong a second later.
    ...(frozen || leftMs === undefined || leftMs < 1000 ? [] : [`${roughly(leftMs)} left`]),
  ].join(' · ')
}

/** `round 3 of 6`, `start 2 of 8, block 5 of 12`, `proof` */
function whereText({ round, start }: LivePicture, columns: number): string {
  const of = columns < roomy ? '/' : ' of '
  if (start === null) return round ? `round ${round.number}${of}${round.of}` : 'proof'
  const block = start.block === 0 || columns < roomy ? '' : `, block ${start.block}${of}${start.blocks}`
  return `start ${start.number}${of}${start.of}${block}`
}

/** The latest note; before there is one, what is being done. */
function noteLine({ notes, run }: LivePicture, columns: number, screen: Screen): string {
  const started = run ? `${run.runtime}${run.reason === '' ? '' : `: ${run.reason}`} · seed ${run.seed}` : ''
  return fitted(notes.at(-1) ?? started, columns, screen)
}

function chartOf(picture: LivePicture, text: ReturnType<typeof useTextOptions>, area: number): readonly string[] {
  const looks = looksFor(picture.rows)
  const intervals = liveIntervals(picture)
  if (intervals) {
    const { block, open } = intervals
    const said = ({ name }: { readonly name: string }): string => (open.includes(name) ? 'measuring on' : 'known')
    const lines = intervalsPicture(block, { ...text, looks }, said)
    // Where not all of them fit, times do.
    if (lines.length < area) return [paint(shown(block.title, text), 'strong', text), ...lines]
  }
  const chart = liveChart(picture)
  if (!chart) return ['', shown('The chart begins with the first figures.', text)]
  const chartRows = Math.min(20, area - chartFrame - 1)
  return [paint(shown(chart.title, text), 'strong', text), ...pictureLines(chart, { ...text, chartRows, looks })].slice(
    0,
    area,
  )
}
