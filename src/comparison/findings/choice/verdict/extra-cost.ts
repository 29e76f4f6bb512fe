/** What a feature costs to run: a system against the one that it builds on, in one scenario, where both do the same work. */
import type { RoundRecord, RunRecord, ScenarioRecord } from '../../../../measurement/run-record.ts'
import type { PolicyFeature } from '../../../../policy/features/index.ts'
import { detectable, type Judged } from '../../../../statistics/judge.ts'
import type { Declaration } from '../../../../systems/declarations.ts'
import { formatMs, formatNumber } from '../../../../units.ts'
import { acceptedByBoth, answersOf, whyWithheld } from '../../../answers.ts'
import { list, nouns, plural } from '../../../blocks.ts'
import { atLeastPercent, intervalInWords } from '../../../costs/interval-words.ts'

import { against } from '../../../costs/judged.ts'
import { isSliced } from '../../../costs/sliced.ts'
import { isDoubtful } from '../../../doubt.ts'
import {
  cpuPerRequest,
  disproved,
  duplicateOf,
  latencyOf,
  medianOver,
  percentileMs,
  roundsOf,
  seriesOf,
} from '../../../rounds.ts'
import type { Known } from './standing.ts'

export interface ExtraCost {
  readonly scenario: string
  readonly system: string
  readonly without: string
  readonly features: readonly PolicyFeature[]
  /** Too much of one of the two is flagged: there are figures, and they are not shown. */
  readonly withheld: boolean
  /** What may be said of the difference in CPU; undefined of rounds of which nothing tells noise from difference. */
  readonly judged: Judged | 'by rounds' | undefined
  /** CPU per request, µs: medians over rounds or starts; `least` and `most`: of the differences within each. */
  readonly cpu: { readonly with: number; readonly without: number; readonly least: number; readonly most: number }
  /** Median latency of what both accepted, ms. */
  readonly p50: { readonly with: number; readonly without: number }
}

/** How far the origins' counts may lie apart: a round may cut off a request or two at its end. */
const sameWork = 0.02

export function extraCosts({ scenarios, declared }: RunRecord, known: readonly Known[]): readonly ExtraCost[] {
  return scenarios.flatMap((scenario) =>
    known.flatMap((one) => {
      const base = known.find(({ system }) => system === one.buildsOn)
      const cost = base && costOf(scenario, one, base, declared)
      return cost ? [cost] : []
    }),
  )
}

function costOf(
  scenario: ScenarioRecord,
  one: Known,
  base: Known,
  declared: readonly Declaration[],
): ExtraCost | undefined {
  const features = (Object.keys(one.features) as PolicyFeature[]).filter(
    (feature) =>
      scenario.scenario.policy[feature].length > 0 &&
      one.features[feature].level !== 'none' &&
      base.features[feature].level === 'none',
  )
  const subject = scenario.subjects.find(({ system }) => system === one.system)
  const other = scenario.subjects.find(({ system }) => system === base.system)
  if (features.length === 0 || !subject || !other) return undefined
  if (features.some((feature) => disproved(subject, feature))) return undefined
  // What was not answered as the scenario expects costs what an error costs.
  if ([subject, other].some((each) => whyWithheld(answersOf(scenario, each)) !== undefined)) return undefined
  const [rounds, others] = [roundsOf(scenario, subject.label), roundsOf(scenario, other.label)]
  const differences = rounds.flatMap((round) => {
    const paired = others.find(({ index }) => index === round.index)
    const [more, less] = [cpuPerRequest('system')(round), paired ? cpuPerRequest('system')(paired) : null]
    return more === null || less === null ? [] : [more - less]
  })
  if (differences.length === 0 || !didSameWork(rounds, others)) return undefined
  const accepted = acceptedByBoth(scenario, subject, other)
  const p50 = (each: readonly RoundRecord[]): number => percentileMs(latencyOf(seriesOf(scenario, each, accepted)), 50)
  return {
    scenario: scenario.scenario.id,
    system: one.system,
    without: base.system,
    features,
    withheld: isDoubtful(scenario, subject.label, other.label),
    judged: isSliced(scenario)
      ? against('cpu', scenario, [subject.label, other.label], declared)
      : duplicateOf(scenario) && 'by rounds',
    cpu: {
      with: medianOver(rounds, cpuPerRequest('system')),
      without: medianOver(others, cpuPerRequest('system')),
      least: Math.min(...differences),
      most: Math.max(...differences),
    },
    p50: { with: p50(rounds), without: p50(others) },
  }
}

/** As many requests reached the origins: a system that refuses or remembers some does less, not the same for less. */
function didSameWork(rounds: readonly RoundRecord[], others: readonly RoundRecord[]): boolean {
  const reached = (each: readonly RoundRecord[]): number =>
    each.flatMap(({ origins }) => origins).reduce((sum, { requests }) => sum + requests, 0) / each.length
  const [one, other] = [reached(rounds), reached(others)]
  return Math.abs(one - other) <= sameWork * Math.max(one, other)
}

/** `+381 µs CPU, +0.41 ms p50 (nginx-lua against nginx); withheld (node-gateway against node-proxy)` */
export function costsInShort(costs: readonly ExtraCost[]): string {
  const withheld = costs.filter((cost) => cost.withheld).map(({ system, without }) => `${system} against ${without}`)
  return [
    ...costs.filter((cost) => !cost.withheld).map(costInShort),
    ...(withheld.length > 0 ? [`withheld (${list(withheld)})`] : []),
  ].join('; ')
}

function costInShort({ system, without, cpu, p50 }: ExtraCost): string {
  const signed = (text: string): string => (text.startsWith('-') ? text.replace('-', '−') : `+${text}`)
  const ms = formatMs(p50.with - p50.without)
  return `${signed(formatNumber(cpu.with - cpu.without))} µs CPU, ${signed(ms)} p50 (${system} against ${without})`
}

/** `rounds` of a cost's scenario, with its system. */
export function costSentences(costs: readonly ExtraCost[], rounds: (cost: ExtraCost) => number): readonly string[] {
  const withheld = Map.groupBy(
    costs.filter((cost) => cost.withheld),
    ({ features, scenario }) => `${nouns(features)} in ${scenario}`,
  )
  return [
    ...costs.filter((cost) => !cost.withheld).map((cost) => costSentence(cost, rounds(cost))),
    ...[...withheld.values()].map((group) => {
      const { features, scenario, judged } = group[0]!
      const who = list(group.map(({ system }) => system))
      const what = typeof judged === 'object' ? 'too many slices' : 'rounds'
      return `What ${nouns(features)} cost ${who} in CPU is withheld: ${what} of ${scenario} are doubtful.`
    }),
  ]
}

function costSentence(cost: ExtraCost, rounds: number): string {
  const { scenario, system, without, features, cpu, judged } = cost
  const what = nouns(features)
  const us = (value: number): string => formatNumber(value).replace('-', '−')
  const figures = `${us(cpu.with)} instead of ${us(cpu.without)} µs in ${without}, which does the same work without`
  const costs = (by: string): string =>
    `${what[0]!.toUpperCase()}${what.slice(1)} cost ${system} ${us(cpu.with - cpu.without)} µs of CPU per request (${figures}; ${by}).`
  const lost = `What ${what} cost ${system} in CPU is lost in the noise`
  if (judged === 'by rounds') {
    const spread = `${us(cpu.least)} to ${us(cpu.most)} µs over ${plural(rounds, 'round')} of ${scenario}`
    return cpu.least <= 0 ? `${lost}: ${spread}.` : costs(spread)
  }
  const seen = `In ${scenario} a request took ${us(cpu.with)} µs of CPU in ${system} with ${what}, and ${us(cpu.without)} µs in ${without}, which does the same work without; no difference is claimed.`
  if (!judged) return seen
  const { interval, claim } = judged
  switch (claim) {
    case 'higher':
    case 'lower':
      return costs(`${intervalInWords(interval)}, in ${scenario}`)
    case 'none':
      return `${lost} of ${scenario} (${intervalInWords(interval)}); a difference of ${atLeastPercent(detectable(judged))} would have been seen.`
    case 'noise':
      return seen
    default:
      return claim satisfies never
  }
}
