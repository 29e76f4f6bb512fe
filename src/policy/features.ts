/** The features of a policy. A new one breaks the build in every system until each has said whether it can do it. */
export const policyFeatures = ['routes', 'balancing', 'cache', 'apiKey', 'rateLimit', 'transform'] as const
export type PolicyFeature = (typeof policyFeatures)[number]

/** What each feature means, for lists, help and reports. */
export const featureTitles = {
  routes: 'routes by path prefix',
  balancing: 'balancing over the instances of an origin',
  cache: 'cache',
  apiKey: 'API keys',
  rateLimit: 'rate limit',
  transform: 'transform: one resource as JSON, XML and compact JSON',
} as const satisfies Record<PolicyFeature, string>

/** The same as nouns, for sentences. */
export const featureNouns = {
  routes: 'routing',
  balancing: 'balancing',
  cache: 'caching',
  apiKey: 'API keys',
  rateLimit: 'rate limits',
  transform: 'response transforms',
} as const satisfies Record<PolicyFeature, string>

/** What edges do as well and no policy can say yet: a verdict names it, so that nobody takes its scope for the whole. */
export const untriedNouns = ['failover', 'TLS', 'request shielding', 'JWT', 'analytics', 'canary releases'] as const
