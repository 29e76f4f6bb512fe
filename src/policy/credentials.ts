/** What of a policy is secret, whichever feature it belongs to. */
import type { HeaderList } from '../http/headers.ts'
import type { Caller, Secret } from './features/feature.ts'
import { featureOf, type LineOf, type Policy, type PolicyFeature, policyFeatures, policyOf } from './features/index.ts'
import type { PolicyInput } from './input.ts'

/**
 * The policy with a placeholder in place of every secret: what records, reports and `edgelab config` are made from.
 */
export function withoutSecrets(policy: Policy): Policy {
  return policyOf((feature) => {
    const { credentials } = featureOf[feature]
    return credentials ? policy[feature].map(credentials.withoutSecrets) : policy[feature]
  })
}

/** Every text that gives a secret of the policy away. */
export function secretsOf(policy: Policy): readonly Secret[] {
  const secrets = <F extends PolicyFeature>(feature: F): readonly Secret[] =>
    policy[feature].flatMap((line: LineOf<F>) => featureOf[feature].credentials?.secrets(line) ?? [])
  return policyFeatures.flatMap(secrets)
}

/** Headers with which a caller says who it is. Of a policy without secrets they are placeholders. */
export function credentialHeaders(policy: Policy, caller: Caller): HeaderList {
  const headers = <F extends PolicyFeature>(feature: F): HeaderList =>
    featureOf[feature].credentials?.headersOf(policy[feature], caller) ?? []
  return policyFeatures.flatMap(headers)
}

/** The features by which callers are known. */
export const credentialFeatures = policyFeatures.filter((feature) => featureOf[feature].credentials !== undefined)

/** The consumers that a written policy names. */
export function consumersOf(input: PolicyInput): readonly string[] {
  const consumers = <F extends PolicyFeature>(feature: F): readonly string[] =>
    input[feature].flatMap((written) => featureOf[feature].credentials?.consumers(written) ?? [])
  return policyFeatures.flatMap(consumers)
}

/** The request headers that carry a secret of a written policy, each once. */
export function carriersOf(input: PolicyInput): readonly string[] {
  const carriers = <F extends PolicyFeature>(feature: F): readonly string[] =>
    input[feature].flatMap((written) => featureOf[feature].credentials?.carriers(written) ?? [])
  return [...new Set(policyFeatures.flatMap(carriers))]
}
