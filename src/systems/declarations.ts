/** What every known system says of itself, whether it takes part in a run or not. */
import type { PolicyFeature } from '../policy/features/index.ts'
import { systems } from './index.ts'
import type { FeatureSupport, System } from './system.ts'

/** `system` and `buildsOn` are ids as they were when it was said: an old record may name systems that are no more. */
export interface Declaration {
  readonly system: string
  /** Of a known system one of `SystemKind`; a record of a later version may name another. */
  readonly kind: string
  readonly buildsOn?: string
  /** A feature that is missing here did not exist then. */
  readonly support: Readonly<Partial<Record<PolicyFeature, FeatureSupport>>>
}

/** In the order of the registry. */
export function declarations(): readonly Declaration[] {
  return Object.values<System>(systems).map(({ id, kind, buildsOn, support }) => ({
    system: id,
    kind,
    ...(buildsOn === undefined ? {} : { buildsOn }),
    support,
  }))
}
