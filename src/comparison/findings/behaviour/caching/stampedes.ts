/** Many requests at once, burst by burst: what the origin saw of them, and who waited how long. */
import { formatMs, formatNumber } from '../../../../units.ts'
import { list, table } from '../../../blocks.ts'
import type { Block, ChartBlock } from '../../../finding.ts'
import { percentileMs } from '../../../rounds.ts'
import type { BurstKind, BurstRow } from './bursts.ts'
import type { Row } from './row.ts'

const kindWords: Readonly<Record<BurstKind, string>> = {
  missing: 'new',
  expired: 'expired',
  unkept: 'not to be kept',
}

/** Nothing where the scenario has no bursts. */
export function stampedeBlocks(rows: readonly Row[]): readonly Block[] {
  const all = rows.flatMap(({ bursts }) => bursts)
  if (all.length === 0) return []
  const phases = [...new Set(all.map(({ phase }) => phase.phase))]
  const of = (phase: string): readonly BurstRow[] => all.filter((row) => row.phase.phase === phase)
  return [
    table(
      'Asked for by many at once',
      ['phase', 'what', 'system', '>at once', '>origin saw', '>half waited', '>the last waited', 'answers say'],
      phases.flatMap((phase) =>
        of(phase).map((row) => [
          row.phase.phase,
          kindWords[row.kind],
          row.label,
          formatNumber(row.phase.atOnce),
          formatNumber(row.origin),
          formatMs(row.halfMs),
          formatMs(row.longestMs),
          row.words.map(([word, count]) => `${word} ×${formatNumber(count)}`).join(', '),
        ]),
      ),
      '“Origin saw” is the origins’ own count, the median of the rounds. New: nobody had asked for it before. Expired: one request had fetched it, and its time was over. Not to be kept: the origin says no-store or private.',
    ),
    ...phases.flatMap((phase) => {
      const told = of(phase).filter(({ waits }) => waits.totalCount > 0)
      return told.length === 0 ? [] : [waitingChart(phase, told)]
    }),
  ]
}

const percentiles = [1, 10, 25, 50, 75, 90, 100]

/** How long each share of them had to wait: a coalesced crowd is a level line, one that takes turns a staircase. */
function waitingChart(phase: string, rows: readonly BurstRow[]): ChartBlock {
  const series = rows.map(({ label, waits }) => ({
    name: label,
    points: percentiles.map((share) => [share, Math.round(percentileMs(waits, share) * 10) / 10] as const),
  }))
  const ends = rows.map(({ label, longestMs }) => `${label} ${formatMs(longestMs)}`)
  return {
    kind: 'chart',
    shape: 'line',
    title: `How long those who asked in ${phase} waited`,
    x: { title: 'so many of them, %', scale: 'linear' },
    y: { title: 'had their answer after, ms', scale: 'linear' },
    series,
    summary: `The last of ${phase} had its answer after: ${list(ends)}.`,
  }
}
