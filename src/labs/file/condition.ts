/** Statements about facts: what runs showed, what checks said, what stands in the learner's files. */

export const comparators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  'lacks',
  'matches',
  'present',
  'absent',
] as const
export type Comparator = (typeof comparators)[number]

/**
 * A fact is named by a path:
 * `<run step>.<role>.…` (an Observation: `ask.proxy.origin.requests`, `ask.proxy.answers.customer.0.status`,
 * `load.proxy.metrics.caching.offload`), `check.<id>` (`right`, `wrong`, `unknown`), `check.<id>.received` and
 * `check.<id>.difference` (in words, as the learner reads them), `cast.<role>` (the system that plays it), `file.<path>`
 * (text of a file the learner edits; the rest of the path is taken whole).
 */
export type Condition =
  | { readonly fact: string; readonly is: Comparator; readonly than?: Operand }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

/** A value, or another fact, so many times. */
export type Operand = string | number | boolean | { readonly fact: string; readonly times: number }

/** unknown: a fact is not there (yet). */
export type Truth = boolean | 'unknown'

/** `{role}` in the facts of a condition becomes that role. */
export function forRole(condition: Condition, role: string): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => forRole(part, role)) }
  if ('any' in condition) return { any: condition.any.map((part) => forRole(part, role)) }
  if ('not' in condition) return { not: forRole(condition.not, role) }
  const named = (fact: string): string => fact.replaceAll('{role}', role)
  const { than } = condition
  return {
    ...condition,
    fact: named(condition.fact),
    ...(typeof than === 'object' ? { than: { ...than, fact: named(than.fact) } } : {}),
  }
}
