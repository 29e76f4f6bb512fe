/** From what people wrote to a policy: defaults filled in, keys made, and everything checked that one line cannot see. */
import type { CacheKeyPart } from './features/cache/line.ts'
import type { LineContext, MistakeContext } from './features/feature.ts'
import {
  featureOf,
  type LineOf,
  type Policy,
  type PolicyFeature,
  policyFeatures,
  policyOf,
  type WrittenOf,
} from './features/index.ts'
import { repeated } from './fields.ts'
import type { PolicyInput } from './input.ts'
import { prefixTakes } from './paths/prefix.ts'

/** A mistake at a place of the policy, for example `['cache', 0, 'path']`. */
export interface PolicyProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** `makeKey` makes the secret of a consumer that has none written down. */
export function toPolicy(input: PolicyInput, makeKey: (consumer: string) => string): Policy {
  const made = new Map<string, string>()
  const context: LineContext = {
    // A client sends one key, whichever of the lines it meets.
    makeKey: (consumer) => {
      const key = made.get(consumer) ?? makeKey(consumer)
      made.set(consumer, key)
      return key
    },
    apartAt: (path) =>
      policyFeatures.flatMap((feature) => {
        const part = featureOf[feature].setsApart
        return part && writtenPaths(input, feature).some((prefix) => prefixTakes(prefix, path)) ? [part] : []
      }),
  }
  const lines = <F extends PolicyFeature>(feature: F): readonly LineOf<F>[] =>
    input[feature].map((written: WrittenOf<F>) => featureOf[feature].toLine(written, context))
  return policyOf(lines)
}

/** What is wrong between the lines of a policy. `instances` by origin; an origin that is not there is a mistake. */
export function policyProblems(input: PolicyInput, instances: ReadonlyMap<string, number>): readonly PolicyProblem[] {
  const origins = [...instances.keys()].join(', ') || 'none'
  const near = (a: string, b: string): boolean => prefixTakes(a, b) || prefixTakes(b, a)
  const context: MistakeContext = {
    instances,
    noOrigin: (origin) => `there is no origin “${origin}” in this file; it has ${origins}`,
    carriersNear: (path) =>
      policyFeatures.flatMap((feature) => carriersOf(feature, input, (other) => near(other, path))),
    apartNear: (path, part: CacheKeyPart) =>
      policyFeatures.filter(
        (feature) =>
          featureOf[feature].setsApart === part && writtenPaths(input, feature).some((other) => near(other, path)),
      ),
  }
  return policyFeatures.flatMap((feature) => problemsOf(feature, input, context))
}

function problemsOf<F extends PolicyFeature>(
  feature: F,
  input: PolicyInput,
  context: MistakeContext,
): readonly PolicyProblem[] {
  const paths = writtenPaths(input, feature)
  return [
    ...(featureOf[feature].mistakes?.(input[feature], context) ?? []),
    ...paths.flatMap((path, index) =>
      // Without any route the routes themselves could not be read: that is the mistake.
      input.routes.length === 0 || input.routes.some((route) => prefixTakes(route.path, path))
        ? []
        : [{ path: [index, 'path'], message: `no route takes ${path}, so nothing would ever come here` }],
    ),
    ...repeated(paths).map((index) => ({
      path: [index, 'path'],
      message: `${paths[index]} has a line of this feature already`,
    })),
  ].map(({ path, message }) => ({ path: [feature, ...path], message }))
}

/** The headers in which the lines of a feature at such paths carry secrets. */
function carriersOf<F extends PolicyFeature>(
  feature: F,
  input: PolicyInput,
  isThere: (path: string) => boolean,
): readonly string[] {
  return input[feature].flatMap((written: WrittenOf<F>) => {
    const of = featureOf[feature].appliesTo(written)
    return 'path' in of && isThere(of.path) ? (featureOf[feature].credentials?.carriers(written) ?? []) : []
  })
}

/** The paths of a feature's lines, in their order; none where it applies to origins. */
function writtenPaths<F extends PolicyFeature>(input: PolicyInput, feature: F): readonly string[] {
  return input[feature].flatMap((written: WrittenOf<F>) => {
    const of = featureOf[feature].appliesTo(written)
    return 'path' in of ? [of.path] : []
  })
}
