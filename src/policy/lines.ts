/** A policy as lines in words: what fidelity, probes and reports refer to. */
import { featureOf, type LineOf, type Policy, type PolicyFeature, policyFeatures } from './features/index.ts'

export interface PolicyLine {
  readonly feature: PolicyFeature
  readonly index: number
  /** `cache.0` */
  readonly path: string
  /** `cache /products for 2.0 s by path + query, coalesced` – never with a secret in it. */
  readonly line: string
}

/** Every line of the policy, in the order of the features. */
export function policyLines(policy: Policy): readonly PolicyLine[] {
  return policyFeatures.flatMap((feature) => linesOf(policy, feature))
}

function linesOf<F extends PolicyFeature>(policy: Policy, feature: F): readonly PolicyLine[] {
  return policy[feature].map((line: LineOf<F>, index) => ({
    feature,
    index,
    path: `${feature}.${index}`,
    line: featureOf[feature].words(line),
  }))
}
