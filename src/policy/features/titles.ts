/** The features in words. */
import { features, perFeature, policyFeatures } from './index.ts'

/** What each feature means, for lists, help and reports. */
export const featureTitles = perFeature((feature) => features[feature].title)

/** The same as nouns, for sentences. */
export const featureNouns = perFeature((feature) => features[feature].noun)

const edgeNouns: readonly string[] = ['failover', 'TLS', 'request shielding', 'JWT', 'analytics', 'canary releases']

/** Features of edges that no policy can describe yet. A verdict names them, so that its scope is not mistaken for the whole. */
export const untriedNouns = edgeNouns.filter((noun) =>
  policyFeatures.every((feature) => featureNouns[feature] !== noun),
)
