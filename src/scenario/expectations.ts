/** Expectations as written, turned into comparisons. */
import { closest } from 'fastest-levenshtein'
import type { ScenarioInput } from './input.ts'
import { type Comparison, type Expectation, findingMetrics } from './scenario.ts'

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

/** Every metric of every expectation on its own, and what is wrong with them. */
export function readExpectations(
  { expect, clients }: Pick<ScenarioInput, 'expect' | 'clients'>,
  systems: readonly string[],
): { readonly expectations: readonly Expectation[]; readonly problems: readonly ExpectationProblem[] } {
  const expectations: Expectation[] = []
  const problems: ExpectationProblem[] = []
  for (const [index, { finding, system, ...metrics }] of expect.entries()) {
    const say = (field: string, message: string): void =>
      void problems.push({ path: ['expect', index, field], message })
    if (!systems.includes(system))
      say('system', `“${system}” is not a system; the nearest is ${closest(system, [...systems])}`)
    const known = Object.entries<readonly string[]>(findingMetrics).find(([id]) => id === finding)?.[1]
    if (!known) {
      say(
        'finding',
        `“${finding}” is not a finding with figures; the nearest is ${closest(finding, Object.keys(findingMetrics))}`,
      )
      continue
    }
    const names = known.flatMap((metric) =>
      metric.endsWith('.*') ? Object.keys(clients).map((client) => metric.replace('*', client)) : [metric],
    )
    if (Object.keys(metrics).length === 0)
      say('finding', `say which figure of ${finding} is meant: ${names.join(', ')}`)
    for (const [metric, written] of Object.entries(metrics)) {
      const comparison = parseComparison(written)
      if (!names.includes(metric))
        say(metric, `${finding} has no figure “${metric}”; the nearest is ${closest(metric, names)}`)
      else if (!comparison) say(metric, `“${written}” is not an expectation: write ">= 90%", "10±1" or 1`)
      else expectations.push({ finding, system, metric, comparison, text: String(written) })
    }
  }
  return { expectations, problems }
}
