/** How long answers took, against asking the origin directly. */
import type { ScenarioRecord, SystemRecord } from '../../../measurement/run-record.ts'
import { formatMs, formatNumber } from '../../../units.ts'
import { alike, answersOf, unexpectedTable, whyWithheld } from '../../answers.ts'
import { spelled, table } from '../../blocks.ts'
import { isDoubtful } from '../../doubt.ts'
import {
  baselineOf,
  countOf,
  latencyOf,
  measuredSystems,
  pairedRatio,
  percentileMs,
  roundsOf,
  seriesOf,
  serviceOf,
} from '../../rounds.ts'
import {
  type Difference,
  detectable,
  differencesOf,
  noiseFloorOf,
  type RatioInterval,
  roundsNeeded,
} from '../../statistics.ts'
import type { Drawn, ScenarioFinding } from '../module.ts'
import { cautions } from './cautions.ts'
import { percentileChart, timeLine } from './charts.ts'

interface Row {
  readonly subject: SystemRecord
  readonly interval: RatioInterval | undefined
  /** undefined: what it is compared with, or the same system once more; neither is a comparison of the family. */
  readonly judged: { readonly difference: Difference | 'withheld'; readonly adjustedP: number } | undefined
}

export const latency: ScenarioFinding<'latency'> = {
  id: 'latency',
  of: 'scenario',
  title: 'Latency',
  question: 'How long does an answer take, measured from the moment its request was scheduled?',
  feature: null,
  metrics: [
    {
      name: 'p50Ratio',
      unit: 'ratio',
      meaning: 'median latency by that of direct in the same round, of answers that the scenario expects of both',
      missing: 'there is no answer that it and direct have in common',
    },
    {
      name: 'p50Ms',
      unit: 'ms',
      meaning: 'median latency, from the moment the request was due',
      missing: 'it answered nothing',
    },
    {
      name: 'p99Ms',
      unit: 'ms',
      meaning: '99th percentile of the latency, from the moment the request was due',
      missing: 'it answered nothing',
    },
    {
      name: 'errors',
      unit: 'requests',
      meaning: 'requests that were not answered as the scenario expects, in all rounds',
      missing: 'nothing was sent',
    },
  ],
  applies: () => true,
  draw,
  namesWithheld: true,
}

function draw(scenario: ScenarioRecord): Drawn {
  const baseline = baselineOf(scenario)
  const subjects = measuredSystems(scenario)
  const twin = subjects.find(({ kind, label }) => kind === 'baseline' && label !== baseline?.label)
  const withheld = new Map(
    subjects.flatMap((subject) => {
      const why = whyWithheld(answersOf(scenario, subject))
      return why === undefined ? [] : [[subject, why] as const]
    }),
  )
  const between = twin && baseline ? ratioOf(scenario, twin, baseline) : undefined
  const drivers = noiseFloorOf(between)
  const intervals = new Map(
    subjects.flatMap((subject) =>
      baseline && subject !== baseline ? [[subject, ratioOf(scenario, subject, baseline)] as const] : [],
    ),
  )
  const answered = (subject: SystemRecord): boolean => !withheld.has(subject) && !(baseline && withheld.has(baseline))
  const family = [...intervals].filter(([subject]) => subject !== twin && answered(subject))
  const differences = differencesOf(
    family.map(([, interval]) => interval),
    drivers,
  )
  const rows = subjects.map((subject): Row => {
    const at = family.findIndex(([each]) => each === subject)
    const judged = differences[at]
    const doubtful = baseline !== undefined && isDoubtful(scenario, subject.label, baseline.label)
    const interval = doubtful || !answered(subject) ? undefined : intervals.get(subject)
    return {
      subject,
      interval: interval && interval.rounds > 0 ? interval : undefined,
      judged: judged && doubtful ? { ...judged, difference: 'withheld' } : judged,
    }
  })
  const figures = subjects.map((subject) => figuresOf(scenario, subject))
  const ranges = [...intervals.values()].every(({ kind }) => kind === 'range')
  return {
    verdict: verdictOf(scenario, rows, baseline, drivers, withheld),
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
            judged?.difference === 'withheld' || (baseline && subject !== baseline && !answered(subject))
              ? 'withheld'
              : interval
                ? `×${interval.ratio.toFixed(2)}`
                : '–',
            interval && (ranges || interval.kind === 'bootstrap') ? spanOf(interval) : '–',
            interval?.kind === 'bootstrap' && judged ? judged.adjustedP.toFixed(3) : '–',
          ]
        }),
        'Open loop: requests leave on schedule, whatever the answers do. Latency is measured from the scheduled moment, service time from the actual send. ' +
          `Ratios are paired within rounds; ${ranges ? 'beside them the smallest and the largest of the rounds' : 'the interval is a bootstrap over rounds, and p counts the comparisons with direct, without direct itself and its duplicate'}. Times are of all answers; a ratio is of those that the scenario expects of both, so that quick refusals do not count as speed.`,
      ),
      ...unexpectedTable(scenario),
      percentileChart(scenario, subjects),
      timeLine(scenario, subjects),
      ...cautions(scenario, drivers, between, twin),
    ],
    metrics: Object.fromEntries(
      rows.map(({ subject }, index) => {
        const { count, p50: p50Ms, p99: p99Ms, errors } = figures[index]!
        if (withheld.has(subject)) return [subject.label, count > 0 || errors > 0 ? { errors } : {}]
        const ratio = answered(subject) ? intervals.get(subject)?.ratio : undefined
        const compared = ratio !== undefined && Number.isFinite(ratio) ? { p50Ratio: ratio } : {}
        return [subject.label, { p50Ms, p99Ms, errors, ...compared }]
      }),
    ),
  }
}

function figuresOf(scenario: ScenarioRecord, subject: SystemRecord) {
  const series = seriesOf(scenario, roundsOf(scenario, subject.label))
  const histogram = latencyOf(series)
  return {
    count: countOf(series),
    p50: percentileMs(histogram, 50),
    p90: percentileMs(histogram, 90),
    p99: percentileMs(histogram, 99),
    max: histogram.totalCount === 0 ? Number.NaN : histogram.maxValue / 1000,
    service: percentileMs(serviceOf(series), 50),
    errors: answersOf(scenario, subject).wrong,
  }
}

/** p50 of the answers that are alike on both. */
function ratioOf(scenario: ScenarioRecord, subject: SystemRecord, baseline: SystemRecord): RatioInterval {
  const keep = alike(scenario, subject, baseline)
  return pairedRatio(scenario, subject.label, baseline.label, (round) =>
    percentileMs(latencyOf(seriesOf(scenario, [round], keep)), 50),
  )
}

/** Systems of whose times nothing is said, with the reason. */
type Withheld = ReadonlyMap<SystemRecord, string>

function verdictOf(
  scenario: ScenarioRecord,
  rows: readonly Row[],
  baseline: SystemRecord | undefined,
  drivers: number,
  withheld: Withheld,
): readonly string[] {
  if (!baseline) return ['direct was not measured, so there is nothing to compare latencies with.']
  if (rows.every(({ subject }) => answersOf(scenario, subject).sent === 0))
    return ['Nothing was sent in the measured phases, so there is no latency to tell.']
  const silent = [...withheld].map(([subject, why]) =>
    subject === baseline
      ? `Nothing is compared with ${subject.label}: ${why}.`
      : `Nothing is said of the times of ${subject.label}: ${why}.`,
  )
  if (withheld.has(baseline)) return silent
  const compared = rows.filter(({ judged, interval }) => judged?.difference === 'withheld' || (judged && interval))
  const said = rows.flatMap(({ subject, interval, judged }) => {
    if (judged?.difference === 'withheld')
      return [`The ratio of ${subject.label} to direct is withheld: see the caution.`]
    if (!judged || !interval) return []
    const keep = alike(scenario, subject, baseline)
    const p50 = ({ label }: SystemRecord): string =>
      formatMs(percentileMs(latencyOf(seriesOf(scenario, roundsOf(scenario, label), keep)), 50))
    const span = `×${interval.ratio.toFixed(2)}, ${interval.kind === 'range' ? 'rounds from' : '95 %'} ${spanOf(interval)}`
    const measured = `${p50(subject)} where direct takes ${p50(baseline)} (${span})`
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
        const seen = Math.round(detectable(interval, drivers) * 100)
        return [
          `No detectable difference between ${subject.label} and direct (${span}); a difference of ${seen} % would have been seen.`,
        ]
      }
      default:
        return judged.difference satisfies never
    }
  })
  if (said.length === 0) {
    const others = rows.filter(({ subject }) => subject.kind !== 'baseline')
    if (others.length === 0) return ['Only direct was measured: there is nothing to compare it with.']
    if (others.every(({ subject }) => withheld.has(subject))) return silent
    return [
      ...silent,
      'No line of the mix is answered alike by direct and by another system: there is nothing to compare.',
    ]
  }
  const few = rows.some(({ judged }) => judged?.difference === 'too few rounds')
  return [...silent, ...(few ? [tooFew(rows, compared.length)] : []), ...said]
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
