/** Evidence cut down to the systems that a reader wants to compare. */
import type { Block, ChartBlock, TableBlock } from '../../comparison/finding.ts'

/** `all`: every system of the run; `pinned`: those to be left, all of them where it is empty. */
export interface Pins {
  readonly all: readonly string[]
  readonly pinned: readonly string[]
}

/** What says nothing of single systems stays as it is. */
export function pinnedBlock(block: Block, pins: Pins): Block {
  if (pins.pinned.length === 0) return block
  switch (block.kind) {
    case 'table':
      return pinnedTable(block, pins)
    case 'chart':
      return pinnedChart(block, pins)
    case 'intervals':
      return { ...block, rows: block.rows.filter(({ name }) => stays(name, pins)) }
    case 'bodies':
      return { ...block, answers: block.answers.filter(({ label }) => stays(label, pins)) }
    case 'code':
    case 'note':
      return block
    default:
      return block satisfies never
  }
}

/**
 * Of sentences those that are about a system that was pinned, or about none: the system that a sentence begins with is
 * the one that it is about. What was claimed stays as it was claimed over the whole run.
 */
export function pinnedSentences(sentences: readonly string[], { all, pinned }: Pins): readonly string[] {
  if (pinned.length === 0) return sentences
  const kept = sentences.filter((sentence) => {
    const first = sentence.match(/[\w-]+/g)?.find((word) => all.includes(word))
    return first === undefined || pinned.includes(first)
  })
  return kept.length > 0 ? kept : [`Nothing is said here of ${pinned.join(' and ')} alone; x shows all systems again.`]
}

function stays(name: string, { all, pinned }: Pins): boolean {
  return !all.includes(name) || pinned.includes(name)
}

/** Systems are columns in some tables and rows in others. */
function pinnedTable(table: TableBlock, pins: Pins): TableBlock {
  const kept = [...table.columns.keys()].filter((at) => stays(table.columns[at]?.title ?? '', pins))
  const system = table.columns.findIndex(({ title }) => title === 'system')
  const rows = table.rows.filter((row) => system < 0 || stays(row[system]?.text ?? '', pins))
  return {
    ...table,
    columns: kept.flatMap((at) => table.columns[at] ?? []),
    rows: rows.map((row) => kept.map((at) => row[at] ?? { text: '' })),
  }
}

function pinnedChart(chart: ChartBlock, pins: Pins): ChartBlock {
  const series = chart.series.filter(({ name }) => stays(name, pins))
  const { labels } = chart.x
  if (!labels) return { ...chart, series }
  const places = labels.flatMap((label, at) => (stays(label, pins) ? [at] : []))
  return {
    ...chart,
    x: { ...chart.x, labels: places.flatMap((at) => labels[at] ?? []) },
    series: series.map((each) => ({
      ...each,
      points: each.points.flatMap(([at, value]) => (places.includes(at) ? [[places.indexOf(at), value] as const] : [])),
    })),
  }
}
