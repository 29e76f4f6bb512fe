/** How long answers took, against asking the origin directly. */
import type { ScenarioRecord, SubjectRecord } from '../../measurement/run-record.ts'
import { faultsOf } from '../../traffic/plan.ts'
import { formatMs, formatNumber } from '../../units.ts'
import { note, plural, spelled, table } from '../blocks.ts'
import { doubtInWords, isDoubtful } from '../doubt.ts'
import type { Block, Finding } from '../finding.ts'
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
import {
  type Difference,
  detectable,
  differencesOf,
  noiseFloorOf,
  type RatioInterval,
  roundsNeeded,
} from '../statistics.ts'
import { percentileChart, timeLine } from './latency-charts.ts'

interface Row {
  readonly subject: SubjectRecord
  readonly interval: RatioInterval | undefined
  /** undefined: what it is compared with, or the same system once more; neither is a comparison of the family. */
  readonly judged: { readonly difference: Difference | 'withheld'; readonly adjustedP: number } | undefined
}

export function latencyFinding(scenario: ScenarioRecord): Finding {
  const baseline = baselineOf(scenario)
  const p50 = (round: Parameters<Parameters<typeof pairedRatio>[3]>[0]): number =>
    percentileMs(latencyOf(seriesOf(scenario, [round])), 50)
  const subjects = measuredSubjects(scenario)
  const twin = subjects.find(({ kind, label }) => kind === 'baseline' && label !== baseline?.label)
  const between = twin && baseline ? pairedRatio(scenario, twin.label, baseline.label, p50) : undefined
  const floor = noiseFloorOf(between)
  const intervals = new Map(
    subjects.flatMap((subject) =>
      baseline && subject !== baseline
        ? [[subject, pairedRatio(scenario, subject.label, baseline.label, p50)] as const]
        : [],
    ),
  )
  const family = [...intervals].filter(([subject]) => subject !== twin)
  const differences = differencesOf(
    family.map(([, interval]) => interval),
    floor,
  )
  const rows = subjects.map((subject): Row => {
    const at = family.findIndex(([each]) => each === subject)
    const judged = differences[at]
    const doubtful = baseline !== undefined && isDoubtful(scenario, subject.label, baseline.label)
    return {
      subject,
      interval: doubtful ? undefined : intervals.get(subject),
      judged: judged && doubtful ? { ...judged, difference: 'withheld' } : judged,
    }
  })
  const figures = subjects.map((subject) => figuresOf(scenario, subject))
  const ranges = [...intervals.values()].every(({ kind }) => kind === 'range')
  return {
    id: 'latency',
    scenario: scenario.scenario.id,
    title: `Latency · ${scenario.scenario.title}`,
    question: 'How long does an answer take, measured from the moment its request was scheduled?',
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
          ranges ? 'least – most' : '95 % interval',
          'p (Holm)',
        ],
        rows.map(({ subject, interval, judged }, index) => {
          const f = figures[index]!
          return [
            subject.label,
            formatNumber(f.count),
            formatMs(f.p50),
            formatMs(f.p90),
            formatMs(f.p99),
            formatMs(f.max),
            formatMs(f.service),
            judged?.difference === 'withheld' ? 'withheld' : interval ? `×${interval.ratio.toFixed(2)}` : '–',
            interval && (ranges || interval.kind === 'bootstrap') ? spanOf(interval) : '–',
            interval?.kind === 'bootstrap' && judged ? judged.adjustedP.toFixed(3) : '–',
          ]
        }),
        'Open loop: requests leave on schedule, whatever the answers do. Latency is measured from the scheduled moment, service time from the actual send. ' +
          `Ratios are paired within rounds; ${ranges ? 'beside them the smallest and the largest of the rounds' : 'the interval is a bootstrap over rounds, and p counts the comparisons with direct, without direct itself and its duplicate'}. All answers count, errors too.`,
      ),
      percentileChart(scenario, subjects),
      timeLine(scenario, subjects),
      ...warnings(scenario, floor, between, twin),
    ],
    metrics: Object.fromEntries(
      rows.map(({ subject }, index) => {
        const { p50: p50Ms, p99: p99Ms, errors } = figures[index]!
        const interval = intervals.get(subject)
        return [subject.label, { p50Ms, p99Ms, errors, ...(interval ? { p50Ratio: interval.ratio } : {}) }]
      }),
    ),
  }
}

function figuresOf(scenario: ScenarioRecord, { label }: SubjectRecord) {
  const rounds = roundsOf(scenario, label)
  const series = seriesOf(scenario, rounds)
  const histogram = latencyOf(series)
  const failures = rounds.reduce((sum, round) => sum + faultsOf(round.failures), 0)
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
  const compared = rows.filter(({ judged, interval }) => judged?.difference === 'withheld' || (judged && interval))
  const said = rows.flatMap(({ subject, interval, judged }, index) => {
    if (judged?.difference === 'withheld')
      return [`The ratio of ${subject.label} to direct is withheld: see the caution.`]
    if (!judged || !interval || interval.rounds === 0) return []
    const { p50 } = figures[index]!
    const span = `×${interval.ratio.toFixed(2)}, ${interval.kind === 'range' ? 'rounds from' : '95 %'} ${spanOf(interval)}`
    const measured = `${formatMs(p50)} where direct takes ${formatMs(direct.p50)} (${span})`
    switch (judged.difference) {
      case 'higher':
        return [`${subject.label} is slower: it answers in ${measured}.`]
      case 'lower':
        return [`${subject.label} is faster: it answers in ${measured}.`]
      case 'unsure':
        return [
          `${subject.label} answered in ${measured}, but after Holm’s correction p is ${judged.adjustedP.toFixed(3)}: no difference is claimed.`,
        ]
      case 'too few rounds':
        return [`${subject.label} answered in ${measured}.`]
      case 'none': {
        const seen = Math.round(detectable(interval, floor) * 100)
        return [
          `No detectable difference between ${subject.label} and direct (${span}); a difference of ${seen} % would have been seen.`,
        ]
      }
      default:
        return judged.difference satisfies never
    }
  })
  if (said.length === 0) return ['Only direct was measured: there is nothing to compare it with.']
  const few = rows.some(({ judged }) => judged?.difference === 'too few rounds')
  return few ? [tooFew(rows, compared.length), ...said] : said
}

/** Without a figure: it stands where the eye falls first, and there is nothing to claim. */
function tooFew(rows: readonly Row[], comparisons: number): string {
  const have = Math.max(...rows.map(({ interval }) => interval?.rounds ?? 0))
  const rounds = `${spelled(have)} ${have === 1 ? 'round is' : 'rounds are'}`
  return `${rounds[0]!.toUpperCase()}${rounds.slice(1)} too few to claim a difference: comparing ${spelled(comparisons)} ${comparisons === 1 ? 'system' : 'systems'} with direct takes at least ${spelled(roundsNeeded(comparisons))}.`
}

/** `1.22 – 1.87` */
function spanOf({ low, high }: RatioInterval): string {
  return `${low.toFixed(2)} – ${high.toFixed(2)}`
}

function warnings(
  scenario: ScenarioRecord,
  floor: number,
  between: RatioInterval | undefined,
  twin: SubjectRecord | undefined,
): readonly Block[] {
  const doubtful = doubtInWords(scenario)
  const own = scenario.rounds.reduce((sum, { failures }) => sum + (failures.local ?? 0), 0)
  const absent = scenario.subjects.flatMap((subject) => absence(scenario, subject) ?? [])
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
  return [
    ...(twin && between && between.rounds > 0
      ? [
          note(
            `Noise: rounds of two equal systems (direct and ${twin.label}) differed by up to ${percent(between.farthest)}.` +
              (between.kind === 'range'
                ? ''
                : ` The 95 % interval of their ratio reaches ${percent(floor)}: no smaller difference is claimed.`),
          ),
        ]
      : []),
    ...(doubtful.length > 0
      ? [note(`Doubtful rounds: ${doubtful.join('; ')}. Ratios that rest on them are withheld.`, 'warning')]
      : []),
    ...(own > 0
      ? [
          note(
            `For ${plural(own, 'request')} this machine had no file descriptor, port or memory left. They are counted apart, as no system’s errors; what was measured meanwhile is doubtful.`,
            'warning',
          ),
        ]
      : []),
    ...absent.map((text) => note(text, 'warning')),
  ]
}
