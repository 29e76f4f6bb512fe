/** Expectations as written, turned into comparisons. */
import { closest } from 'fastest-levenshtein'
import type { ScenarioInput } from './input.ts'
import { type FindingMetrics, type MetricUnit, metricNamed, metricNames, type Named } from './metrics.ts'
import type { Comparison, Expectation, Scenario } from './scenario.ts'

export interface ExpectationProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** `'>= 60%'`, `'10±1'`, `1` → a comparison; undefined for anything else. Shares become 0–1. */
export function parseComparison(written: string | number): Comparison | undefined {
  const text = String(written).replaceAll(/\s/g, '')
  const match = /^(>=|<=|>|<|=)?(-?\d+(?:\.\d+)?)(%)?(?:±(\d+(?:\.\d+)?)(%)?)?$/.exec(text)
  if (!match) return undefined
  const [, op, value, percent, tolerance, tolerancePercent] = match
  const scale = percent || tolerancePercent ? 0.01 : 1
  if (tolerance !== undefined) {
    return op ? undefined : { op: '±', value: Number(value) * scale, tolerance: Number(tolerance) * scale }
  }
  return { op: (op ?? '=') as '=', value: Number(value) * scale }
}

/** What an expectation may name. */
export interface Expectable {
  /** Ids of systems. */
  readonly systems: readonly string[]
  readonly findings: readonly FindingMetrics[]
}

/**
 * Every metric of every expectation on its own, and what is wrong with them. `scenario`: the file's own, without its
 * expectations; undefined where mistakes elsewhere leave none. What it rules out is then not told.
 */
export function readExpectations(
  { expect, ...named }: Pick<ScenarioInput, 'expect'> & Named,
  { systems, findings }: Expectable,
  scenario: Scenario | undefined,
): { readonly expectations: readonly Expectation[]; readonly problems: readonly ExpectationProblem[] } {
  const expectations: Expectation[] = []
  const problems: ExpectationProblem[] = []
  const expectable = findings.filter(({ metrics }) => metrics.length > 0)
  for (const [index, { finding, system, ...metrics }] of expect.entries()) {
    const say = (field: string, message: string): void =>
      void problems.push({ path: ['expect', index, field], message })
    if (!systems.includes(system))
      say('system', `“${system}” is not a system; the nearest is ${closest(system, [...systems])}`)
    const known = expectable.find(({ id }) => id === finding)
    if (!known) {
      const ids = expectable.map(({ id }) => id)
      say('finding', `“${finding}” is not a finding with figures; the nearest is ${closest(finding, ids)}`)
      continue
    }
    if (scenario && !known.appliesTo(scenario)) say('finding', nothingToSay(known))
    if (Object.keys(metrics).length === 0) say('finding', whichFigure(known, named))
    for (const [metric, written] of Object.entries(metrics)) {
      const comparison = parseComparison(written)
      const problem = metricProblem(known, metric, written, named, scenario)
      if (problem !== undefined) say(metric, problem)
      else if (comparison) expectations.push({ finding, system, metric, comparison, text: String(written) })
    }
  }
  return { expectations, problems }
}

function metricProblem(
  { id, metrics }: FindingMetrics,
  name: string,
  written: string | number,
  named: Named,
  scenario: Scenario | undefined,
): string | undefined {
  const metric = metricNamed(metrics, name, named)
  if (!metric) {
    const names = metricNames(metrics, named)
    return `${id} has no figure “${name}”${names.length > 0 ? `; the nearest is ${closest(name, [...names])}` : ''}`
  }
  if (!parseComparison(written)) return `“${written}” is not an expectation: write ">= 90%", "10±1" or 1`
  if (metric.unit !== 'share' && String(written).includes('%'))
    return `“${written}” is a share, and ${name} is counted in ${unitWords[metric.unit]}`
  const why = scenario && metric.impossible?.(scenario)
  return why === undefined ? undefined : `no run of this scenario has a figure “${name}”: ${why}`
}

const unitWords = {
  ratio: 'times',
  ms: 'milliseconds',
  µs: 'microseconds',
  requests: 'requests',
  'requests a second': 'requests a second',
  lines: 'lines',
  machines: 'machines',
  'a month': 'money a month',
} as const satisfies Record<Exclude<MetricUnit, 'share'>, string>

function nothingToSay({ id, feature }: FindingMetrics): string {
  return feature === null
    ? `${id} has nothing to say of this scenario`
    : `${id} has nothing to say of this scenario: its policy has no line of ${feature}`
}

function whichFigure({ id, metrics }: FindingMetrics, named: Named): string {
  return `say which figure of ${id} is meant: ${metricNames(metrics, named).join(', ')}`
}
