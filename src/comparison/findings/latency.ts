/** How long answers took, against asking the origin directly. */
import type { ScenarioRecord, SubjectRecord } from '../../measurement/run-record.ts'
import { formatMs, formatNumber } from '../../units.ts'
import { list, note, plural, table } from '../blocks.ts'
import type { Block, ChartBlock, Finding } from '../finding.ts'
import {
  absence,
  baselineOf,
  countOf,
  latencyOf,
  measuredSubjects,
  pairedRatio,
  percentileMs,
  roundsOf,
  seriesOf,
  serviceOf,
} from '../rounds.ts'
import { type Difference, detectable, differenceOf, holm, noiseFloorOf, type RatioInterval } from '../statistics.ts'

interface Row {
  readonly subject: SubjectRecord
  readonly interval: RatioInterval | undefined
  readonly difference: Difference | undefined
}

export function latencyFinding(scenario: ScenarioRecord): Finding {
  const baseline = baselineOf(scenario)
  const p50 = (round: Parameters<Parameters<typeof pairedRatio>[3]>[0]): number =>
    percentileMs(latencyOf(seriesOf(scenario, [round])), 50)
  const subjects = measuredSubjects(scenario)
  const twin = subjects.find(({ kind, label }) => kind === 'baseline' && label !== baseline?.label)
  const floor = noiseFloorOf(baseline && twin ? pairedRatio(scenario, twin.label, baseline.label, p50) : undefined)
  const rows = subjects.map((subject): Row => {
    if (!baseline || subject === baseline) return { subject, interval: undefined, difference: undefined }
    const interval = pairedRatio(scenario, subject.label, baseline.label, p50)
    // The twin is what the floor is made of: it is held against the least claim alone.
    return { subject, interval, difference: differenceOf(interval, subject === twin ? 0 : floor) }
  })
  const adjusted = holm(rows.map(({ interval }) => interval?.p ?? 1))
  const figures = subjects.map((subject) => figuresOf(scenario, subject))
  return {
    id: 'latency',
    scenario: scenario.scenario.id,
    title: `Latency · ${scenario.scenario.title}`,
    question: 'How long does an answer take, counted from when its request was due?',
    verdict: verdictOf(rows, figures, baseline, floor),
    blocks: [
      table(
        'Latency by system',
        [
          'system',
          '>requests',
          '>p50',
          '>p90',
          '>p99',
          '>max',
          '>service p50',
          '>× direct',
          '95 % interval',
          'p (Holm)',
        ],
        rows.map(({ subject, interval }, index) => {
          const f = figures[index]!
          return [
            subject.label,
            formatNumber(f.count),
            formatMs(f.p50),
            formatMs(f.p90),
            formatMs(f.p99),
            formatMs(f.max),
            formatMs(f.service),
            interval ? `×${interval.ratio.toFixed(2)}` : '–',
            interval
              ? `${interval.low.toFixed(2)} – ${interval.high.toFixed(2)}${interval.kind === 'range' ? ' (range)' : ''}`
              : '–',
            interval && interval.kind === 'bootstrap' ? adjusted[index]!.toFixed(3) : '–',
          ]
        }),
        'Open loop: requests leave when they are due, whatever the answers do. Latency counts from the due time, service time from the actual send. ' +
          'Ratios are paired within rounds; the interval is a bootstrap over rounds. All answers count, errors too.',
      ),
      percentileChart(scenario, subjects),
      timeLine(scenario, subjects),
      ...warnings(scenario, floor, twin),
    ],
    metrics: Object.fromEntries(
      rows.map(({ subject, interval }, index) => {
        const { p50: p50Ms, p99: p99Ms, errors } = figures[index]!
        return [subject.label, { p50Ms, p99Ms, errors, ...(interval ? { p50Ratio: interval.ratio } : {}) }]
      }),
    ),
  }
}

function figuresOf(scenario: ScenarioRecord, { label }: SubjectRecord) {
  const rounds = roundsOf(scenario, label)
  const series = seriesOf(scenario, rounds)
  const histogram = latencyOf(series)
  const failures = rounds.reduce((sum, round) => sum + Object.values(round.failures).reduce((a, b) => a + b, 0), 0)
  return {
    count: countOf(series),
    p50: percentileMs(histogram, 50),
    p90: percentileMs(histogram, 90),
    p99: percentileMs(histogram, 99),
    max: histogram.totalCount === 0 ? Number.NaN : histogram.maxValue / 1000,
    service: percentileMs(serviceOf(series), 50),
    errors: failures + countOf(series.filter(({ status }) => status >= 500)),
  }
}

function verdictOf(
  rows: readonly Row[],
  figures: readonly ReturnType<typeof figuresOf>[],
  baseline: SubjectRecord | undefined,
  floor: number,
): readonly string[] {
  if (!baseline) return ['direct was not measured, so there is nothing to compare latencies with.']
  const direct = figures[rows.findIndex(({ subject }) => subject === baseline)]!
  const said = rows.flatMap(({ subject, interval, difference }, index) => {
    if (!interval || interval.rounds === 0) return []
    const { p50 } = figures[index]!
    const span = `×${interval.ratio.toFixed(2)}, ${interval.kind === 'range' ? 'range' : '95 %'} ${interval.low.toFixed(2)}–${interval.high.toFixed(2)}`
    const measured = `${formatMs(p50)} where direct takes ${formatMs(direct.p50)} (${span})`
    if (difference === 'higher') return [`${subject.label} is slower: it answers in ${measured}.`]
    if (difference === 'lower') return [`${subject.label} is faster: it answers in ${measured}.`]
    if (difference === 'too few rounds') {
      return [
        `${subject.label} answered in ${measured}; ${plural(interval.rounds, 'round')} ${interval.rounds === 1 ? 'is' : 'are'} too few to claim a difference.`,
      ]
    }
    const seen = Math.round(detectable(interval, floor) * 100)
    return [
      `No detectable difference between ${subject.label} and direct (${span}); a difference of ${seen} % would have been seen.`,
    ]
  })
  return said.length > 0 ? said : ['Only direct was measured: there is nothing to compare it with.']
}

/** x is 1 / (1 − p): each tenfold step is another nine, so that tails have room. */
function percentileChart(scenario: ScenarioRecord, subjects: readonly SubjectRecord[]): ChartBlock {
  const percentiles = [0, 25, 50, 75, 90, 95, 98, 99, 99.5]
  const series = subjects.map(({ label }) => {
    const histogram = latencyOf(seriesOf(scenario, roundsOf(scenario, label)))
    const points = percentiles.map((p) => {
      const ms = percentileMs(histogram, p)
      return [100 / (100 - p), Number.isFinite(ms) ? ms : null] as const
    })
    return { name: label, points }
  })
  const at99 = series.map(({ name, points }) => `${name} ${formatMs(points.find(([x]) => x >= 99)?.[1] ?? Number.NaN)}`)
  return {
    kind: 'chart',
    shape: 'line',
    title: 'Latency by percentile',
    x: { title: 'one request in … is slower (2 is the median, 100 is p99)', scale: 'log' },
    y: { title: 'latency, ms', scale: 'log' },
    series,
    summary: `One request in a hundred took longer than: ${list(at99)}.`,
  }
}

/** Warm-up included: it shows when caches and connections had settled. */
function timeLine(scenario: ScenarioRecord, subjects: readonly SubjectRecord[]): ChartBlock {
  const series = subjects.map(({ label }) => {
    const seconds = Map.groupBy(
      roundsOf(scenario, label).flatMap((round) => round.seconds),
      ({ at }) => at,
    )
    const points = [...seconds]
      .sort(([a], [b]) => a - b)
      .map(([at, group]) => {
        const ms = percentileMs(latencyOf(group.flatMap((second) => second.series)), 50)
        return [at, Number.isFinite(ms) ? ms : null] as const
      })
    return { name: label, points }
  })
  const spans = series.flatMap(({ name, points }) => {
    const all = points.flatMap(([, ms]) => ms ?? [])
    return all.length === 0 ? [] : [`${name} ${formatMs(Math.min(...all))} to ${formatMs(Math.max(...all))}`]
  })
  return {
    kind: 'chart',
    shape: 'line',
    title: 'Median latency, second by second',
    x: { title: 'seconds from the start of a round (rounds added up)', scale: 'linear' },
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary: spans.length === 0 ? 'Nothing was answered.' : `Medians of single seconds: ${list(spans)}.`,
  }
}

function warnings(scenario: ScenarioRecord, floor: number, twin: SubjectRecord | undefined): readonly Block[] {
  const flagged = scenario.rounds.filter(({ flags }) => flags.length > 0)
  const absent = scenario.subjects.flatMap((subject) => absence(scenario, subject) ?? [])
  return [
    ...(twin
      ? [
          note(
            `Noise floor: direct and direct again lay up to ${(floor * 100).toFixed(0)} % apart. Smaller differences are not claimed.`,
          ),
        ]
      : []),
    ...(flagged.length > 0
      ? [
          note(
            `Doubtful rounds: ${flagged.map(({ label, index, flags }) => `${label} ${index + 1} (${flags.join(', ')})`).join('; ')}.`,
            'warning',
          ),
        ]
      : []),
    ...absent.map((text) => note(text, 'warning')),
  ]
}
