/** The figures of each finding in both runs, beside each other with their change. */
import { own } from '../../own.ts'
import type { Metric, MetricUnit } from '../../scenario/metrics.ts'
import { formatMs, formatNumber, formatShare } from '../../units.ts'
import { plural, table } from '../blocks.ts'
import type { Finding } from '../finding.ts'
import { findingMetrics } from '../findings/registry.ts'
import { changeInWords } from './words.ts'

interface Row {
  readonly label: string
  readonly name: string
  readonly unit: MetricUnit
  readonly before: number | undefined
  readonly after: number | undefined
}

/** In the order of the second run; findings without figures are left out. */
export function findingsTogether(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  return after.flatMap((finding) => {
    const earlier = before.find(({ id, scenario }) => id === finding.id && scenario === finding.scenario)
    const rows = earlier ? rowsOf(earlier, finding) : []
    if (rows.length === 0) return []
    const changed = rows.filter(({ unit, ...row }) => inWords(unit, row.before) !== inWords(unit, row.after))
    return [
      {
        id: finding.id,
        scenario: finding.scenario,
        title: finding.title,
        question: finding.question,
        verdict: [
          changed.length === 0
            ? 'Every figure reads the same in both runs.'
            : `${plural(changed.length, 'figure')} of ${rows.length} ${changed.length === 1 ? 'reads' : 'read'} otherwise in the second run; no claim is made of them here.`,
        ],
        tentative: true,
        blocks: [
          table(
            'First run against second',
            ['system', 'figure', '>first', '>second', '>change'],
            rows.map(({ label, name, unit, before: one, after: other }) => [
              label,
              name,
              inWords(unit, one),
              inWords(unit, other),
              changeOf(unit, one, other),
            ]),
            'The figures that expectations may state. Latency and CPU have intervals under “Changes”.',
          ),
        ],
        metrics: finding.metrics,
      },
    ]
  })
}

function rowsOf(before: Finding, after: Finding): readonly Row[] {
  const metrics = findingMetrics.find(({ id }) => id === after.id)?.metrics ?? []
  const labels = Object.keys(after.metrics).filter((label) => own(before.metrics, label) !== undefined)
  return labels.flatMap((label) => {
    const [one, other] = [before.metrics[label]!, after.metrics[label]!]
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) => {
      const metric = metrics.find((each) => takes(each, name))
      return metric ? [{ label, name, unit: metric.unit, before: own(one, name), after: own(other, name) }] : []
    })
  })
}

function takes({ name }: Metric, given: string): boolean {
  return name.endsWith('.*') ? given.startsWith(name.slice(0, -1)) : given === name
}

function inWords(unit: MetricUnit, value: number | undefined): string {
  if (value === undefined) return '–'
  switch (unit) {
    case 'share':
      return formatShare(value)
    case 'ms':
      return formatMs(value)
    case 'µs':
      return `${formatNumber(value)} µs`
    case 'ratio':
      return `×${value.toFixed(2)}`
    case 'requests':
    case 'requests a second':
    case 'machines':
    case 'a month':
    case 'lines':
      return formatNumber(value)
    default:
      return unit satisfies never
  }
}

/** Shares change by percentage points; a share of a share would read like one. */
function changeOf(unit: MetricUnit, before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined) return '–'
  if (unit === 'share') {
    const points = Math.round((after - before) * 1000) / 10
    return points === 0 ? '±0' : `${points < 0 ? '−' : '+'}${Math.abs(points)} points`
  }
  if (before === after) return '±0'
  if (before === 0) return '–'
  return changeInWords(after / before)
}
