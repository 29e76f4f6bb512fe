/**
 * A cell of the matrix: one feature on one system, whole. Whoever wants to know how NGINX limits rates opens one file,
 * `nginx/rate-limit.ts`: what supports it, what it adds to the native configuration, and how exactly that carries out a line.
 */
import { type LineOf, type Policy, type PolicyFeature, perFeature, policyFeatures } from '../policy/features/index.ts'
import type { FeatureSupport, FidelityLevel, Support, SupportLevel, System } from './system.ts'
import type { Traits } from './traits.ts'

/** What a system says of one line that it carries out: exactly, or how it differs. */
export interface LineFidelity {
  readonly level: FidelityLevel
  readonly how: string
}

/** `Adds` is what cells of this family of systems may add to a native configuration. */
export type Cell<F extends PolicyFeature, Adds = unknown> = Lacking | Carrying<F, Adds>

/** A feature that the system does not have: `support.how` says why. */
export interface Lacking {
  readonly support: FeatureSupport & { readonly level: 'none' }
}

export interface Carrying<F extends PolicyFeature, Adds> {
  readonly support: FeatureSupport & { readonly level: Exclude<SupportLevel, 'none' | 'unknown'> }
  /** How exactly one line is carried out; asked only for lines that can be. */
  readonly fidelity: (line: LineOf<F>, policy: Policy) => LineFidelity
  /** Why one line cannot be carried out although others of its feature can; undefined where it can. */
  readonly cannot?: (line: LineOf<F>, policy: Policy) => string | undefined
  readonly adds: Adds
  /** In what it differs in kind from the cells of other systems. */
  readonly traits?: Traits
  /**
   * Only of programs of our own: the sources that carry the feature, below `src/systems/`. A name that ends with a slash
   * is a folder with all that is in it.
   */
  readonly sources?: readonly string[]
}

/** One row of the matrix. */
export type Cells<Adds = unknown> = { readonly [F in PolicyFeature]: Cell<F, Adds> }

export function supportOf(cells: Cells): Support {
  return perFeature((feature) => cells[feature].support)
}

export function traitsOf(cells: Cells): Traits {
  const declared = policyFeatures.map((feature) => {
    const cell: Cell<PolicyFeature> = cells[feature]
    return 'traits' in cell ? cell.traits : undefined
  })
  return Object.assign({}, ...declared) as Traits
}

/** What the cells say of single lines that their system cannot carry out. */
export function cannotOf(cells: Cells): NonNullable<System['cannot']> {
  const reason = <F extends PolicyFeature>(policy: Policy, feature: F, index: number): string | undefined => {
    const cell: Cell<F> = cells[feature]
    const line: LineOf<F> | undefined = policy[feature][index]
    return line && 'cannot' in cell ? cell.cannot?.(line, policy) : undefined
  }
  return (policy, { feature, index }) => reason(policy, feature, index)
}

/** What the cells of these features add, in the order of the features. */
export function addsOf<Adds>(cells: Cells<Adds>, features: readonly PolicyFeature[] = policyFeatures): readonly Adds[] {
  return features.flatMap((feature) => {
    const cell: Cell<PolicyFeature, Adds> = cells[feature]
    return 'adds' in cell ? [cell.adds] : []
  })
}

/** The sources of a program of our own, by feature; `base` is what all of them rest on. */
export function sourcesOf(
  cells: Cells,
  base: readonly string[],
): Readonly<Record<'base' | PolicyFeature, readonly string[]>> {
  return {
    base,
    ...perFeature((feature) => {
      const cell: Cell<PolicyFeature> = cells[feature]
      return 'sources' in cell ? (cell.sources ?? []) : []
    }),
  }
}
