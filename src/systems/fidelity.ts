/** Policy lines against what a system supports: the only place that says “unsupported”. */
import type { Unsafe } from '../policy/features/feature.ts'
import { featureOf, type LineOf, type PolicyFeature, policyFeatures, policyOf } from '../policy/features/index.ts'
import { type PolicyLine, policyLines } from '../policy/lines.ts'
import type { Policy } from '../policy/policy.ts'
import { type Cell, type Cells, cannotOf, type LineFidelity, supportOf } from './cell.ts'
import type { Fidelity, System } from './system.ts'

/** What a system says of what it can do. */
export type Claims = Pick<System, 'support' | 'cannot'>

/** Why a system cannot carry out a line at all, or must not; undefined where it can. */
export function impossibleBecause(
  policy: Policy,
  { support, cannot }: Claims,
  { feature, index }: Pick<PolicyLine, 'feature' | 'index'>,
): string | undefined {
  if (support[feature].level === 'none') return support[feature].how
  const reason = cannot?.(policy, { feature, index })
  if (reason !== undefined) return reason
  const unsafe = unsafeWithout(policy, feature, index)
  const able = policyFeatures.filter((other) => unsafe && featureOf[other].setsApart === unsafe.part)
  return unsafe && able.every((other) => support[other].level === 'none')
    ? [unsafe.why, ...able.map((other) => support[other].how)].join(': ')
    : undefined
}

function unsafeWithout<F extends PolicyFeature>(policy: Policy, feature: F, index: number): Unsafe | undefined {
  const lines: readonly LineOf<F>[] = policy[feature]
  return featureOf[feature].unsafeWithout?.(lines[index]!, lines)
}

/** The fidelity of every policy line: impossible ones with the reason, for the others their cell is asked. */
export function fidelityOf(policy: Policy, cells: Cells): readonly Fidelity[] {
  const claims = { support: supportOf(cells), cannot: cannotOf(cells) }
  return policyLines(policy).map((line) => {
    const { feature, index, path } = line
    const reason = impossibleBecause(policy, claims, line)
    const { level, how } =
      reason === undefined ? lineFidelity(policy, cells, feature, index) : { level: 'impossible' as const, how: reason }
    return { feature, path, line: line.line, level, how }
  })
}

function lineFidelity<F extends PolicyFeature>(policy: Policy, cells: Cells, feature: F, index: number): LineFidelity {
  const cell: Cell<F> = cells[feature]
  const line: LineOf<F> = policy[feature][index]!
  return 'fidelity' in cell ? cell.fidelity(line, policy) : { level: 'impossible', how: cell.support.how }
}

/** The policy without the lines that the system cannot carry out: what it is compiled to. */
export function supportedPart(policy: Policy, claims: Claims): Policy {
  return policyOf((feature) =>
    policy[feature].filter((_, index) => impossibleBecause(policy, claims, { feature, index }) === undefined),
  )
}
