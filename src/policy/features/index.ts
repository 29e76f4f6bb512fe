/**
 * The registry of features: one line each, in the order in which everything lists them. A new one breaks the build in
 * every system until each has a cell for it.
 */
import type { z } from 'zod'
import { apiKey } from './api-key/index.ts'
import { balancing } from './balancing/index.ts'
import { cache } from './cache/index.ts'
import type { Feature } from './feature.ts'
import { quota } from './quota/index.ts'
import { rateLimit } from './rate-limit/index.ts'
import { routes } from './routes/index.ts'
import { transform } from './transform/index.ts'

export const features = {
  routes,
  balancing,
  cache,
  apiKey,
  rateLimit,
  transform,
  quota,
}

type Features = typeof features
export type PolicyFeature = keyof Features

/** A line of a policy: `LineOf<'cache'>`. */
export type LineOf<F extends PolicyFeature> = Parameters<Features[F]['words']>[0]

/** A line as people write it, with its defaults filled in. */
export type WrittenOf<F extends PolicyFeature> = z.output<Features[F]['input']>[number]

/** What applies to an origin of which no line speaks: a line, or undefined. */
export type OtherwiseOf<F extends PolicyFeature> = Features[F] extends {
  readonly otherwise: (origin: string) => infer L
}
  ? L
  : undefined

/**
 * What the edge must do, in a vendor-neutral vocabulary. One policy configures every system.
 * A policy that reached this shape went through `parse.ts`: paths are valid, names are identifiers, units are numbers.
 */
export type Policy = { readonly [F in PolicyFeature]: readonly LineOf<F>[] }

/** The features with their types side by side, for whatever is the same for all of them. */
export const featureOf: { readonly [F in PolicyFeature]: Feature<WrittenOf<F>, LineOf<F>, Policy> } = features

export const policyFeatures = Object.keys(features) as readonly PolicyFeature[]

/** One value for each feature. */
export function perFeature<Value>(make: (feature: PolicyFeature) => Value): Readonly<Record<PolicyFeature, Value>> {
  return Object.fromEntries(policyFeatures.map((feature) => [feature, make(feature)])) as Record<PolicyFeature, Value>
}

/** A policy, made of each feature's lines. */
export function policyOf(lines: <F extends PolicyFeature>(feature: F) => readonly LineOf<F>[]): Policy {
  return perFeature(lines) as Policy
}
