/** Policy lines against what a system supports: the only place that says “unsupported”. */
import { type PolicyLine, policyLines } from '../policy/lines.ts'
import type { Policy } from '../policy/policy.ts'
import type { Fidelity, FidelityLevel, Support } from './system.ts'

/** What a system says of one line it carries out: exactly, or how it differs. */
export interface Carried {
  readonly level: FidelityLevel
  readonly how: string
}

/**
 * The fidelity of every policy line. Lines of features that the system does not support are impossible, for the reason
 * that its support gives; for the others `carried` is asked.
 */
export function fidelityOf(
  policy: Policy,
  support: Support,
  carried: (line: PolicyLine) => Carried,
): readonly Fidelity[] {
  return policyLines(policy).map((line) => {
    const { level, how } =
      support[line.feature].level === 'none'
        ? { level: 'impossible' as const, how: support[line.feature].how }
        : carried(line)
    return { feature: line.feature, path: line.path, line: line.line, level, how }
  })
}

/** The policy without the lines of features that the system does not support: what it can be compiled to. */
export function supportedPart(policy: Policy, support: Support): Policy {
  const keep = <Lines>(feature: keyof Policy, lines: Lines): Lines | readonly [] =>
    support[feature].level === 'none' ? [] : lines
  return {
    routes: keep('routes', policy.routes),
    balancing: keep('balancing', policy.balancing),
    cache: keep('cache', policy.cache),
    apiKey: keep('apiKey', policy.apiKey),
    rateLimit: keep('rateLimit', policy.rateLimit),
    transform: keep('transform', policy.transform),
  }
}
