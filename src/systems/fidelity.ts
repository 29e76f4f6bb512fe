/** Policy lines against what a system supports: the only place that says “unsupported”. */
import { type LineOf, type PolicyFeature, policyOf } from '../policy/features/index.ts'
import { type PolicyLine, policyLines } from '../policy/lines.ts'
import { prefixTakes } from '../policy/paths/prefix.ts'
import type { Policy } from '../policy/policy.ts'
import { type Cell, type Cells, type LineFidelity, supportOf } from './cell.ts'
import type { Fidelity, Support } from './system.ts'

/**
 * Why a system cannot carry out a line at all; undefined where it can. A cache that is to keep consumers apart needs to
 * know them: without API keys it would hand one consumer's answers to another, so that it must not cache at all. Nor
 * may a wider line of the cache, which would take in what the narrower one leaves.
 */
export function impossibleBecause(
  policy: Policy,
  support: Support,
  { feature, index }: Pick<PolicyLine, 'feature' | 'index'>,
): string | undefined {
  if (support[feature].level === 'none') return support[feature].how
  const wide = feature === 'cache' && support.apiKey.level === 'none' ? policy.cache[index]?.path : undefined
  const apart = policy.cache.find(
    ({ path, key }) => wide !== undefined && key.includes('consumer') && prefixTakes(wide, path),
  )
  return apart
    ? `It cannot tell consumers apart, so it must not keep their answers (${apart.path}): ${support.apiKey.how}`
    : undefined
}

/** The fidelity of every policy line: impossible ones with the reason, for the others their cell is asked. */
export function fidelityOf(policy: Policy, cells: Cells): readonly Fidelity[] {
  const support = supportOf(cells)
  return policyLines(policy).map((line) => {
    const { feature, index, path } = line
    const reason = impossibleBecause(policy, support, line)
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
export function supportedPart(policy: Policy, support: Support): Policy {
  return policyOf((feature) =>
    policy[feature].filter((_, index) => impossibleBecause(policy, support, { feature, index }) === undefined),
  )
}
