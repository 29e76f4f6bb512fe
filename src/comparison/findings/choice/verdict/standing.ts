/** What every known system declares of every feature, and what became of it in this run. */
import type { RunRecord } from '../../../../measurement/run-record.ts'
import { type PolicyFeature, policyFeatures } from '../../../../policy/features/index.ts'
import { type Declaration, declarations } from '../../../../systems/declarations.ts'
import type { FeatureSupport, SupportLevel } from '../../../../systems/system.ts'

/** declared: it says so, and no probe of this run tried it. none: it does not say so. */
export type Standing = 'shown' | 'failed' | 'declared' | 'none'

export interface Known {
  readonly system: string
  readonly kind: Declaration['kind']
  readonly buildsOn: string | undefined
  readonly features: Readonly<
    Record<PolicyFeature, { readonly level: SupportLevel; readonly byChoice: boolean; readonly standing: Standing }>
  >
}

/** Features of the policies of this run, whatever systems ran. */
export function triedFeatures({ scenarios }: RunRecord): readonly PolicyFeature[] {
  return policyFeatures.filter((feature) => scenarios.some(({ scenario }) => scenario.policy[feature].length > 0))
}

/** Every known system, whether it took part or not; without `direct`, which is no product. */
export function knownSystems(record: RunRecord): readonly Known[] {
  return (record.declared.length > 0 ? record.declared : declarations())
    .filter(({ kind }) => kind !== 'baseline')
    .map(({ system, kind, buildsOn, support }) => ({
      system,
      kind,
      buildsOn,
      features: eachFeature((feature) => {
        const { level, byChoice = false }: Pick<FeatureSupport, 'level' | 'byChoice'> = support[feature] ?? {
          level: 'none',
        }
        return { level, byChoice, standing: level === 'none' ? 'none' : standingOf(record, system, feature) }
      }),
    }))
}

function standingOf({ scenarios }: RunRecord, system: string, feature: PolicyFeature): Standing {
  const probes = scenarios
    .flatMap(({ subjects }) => subjects)
    .filter((subject) => subject.system === system)
    .flatMap(({ proof }) => proof.filter((probe) => probe.feature === feature && probe.state !== 'skipped'))
  if (probes.length === 0) return 'declared'
  return probes.every(({ state }) => state === 'passed') ? 'shown' : 'failed'
}

export type Means = Exclude<SupportLevel, 'none' | 'unknown'>

/** What does a feature with the least of your own: what is built in before a plugin, a plugin before a script. */
export interface Least {
  readonly feature: PolicyFeature
  readonly level: Means
  readonly systems: readonly Known[]
}

const levels: readonly Means[] = ['native', 'plugin', 'script']

/**
 * Products that you run yourself come first, then programs that you build, then services of a vendor. From what is
 * declared alone, so that it is the same whatever ran; undefined where no known system does it.
 */
export function minFor(feature: PolicyFeature, known: readonly Known[]): Least | undefined {
  for (const source of sources) {
    for (const level of levels) {
      const able = known.filter((each) => sourceOf(each) === source && each.features[feature].level === level)
      if (able.length > 0) return { feature, level, systems: withoutExtensions(able) }
    }
  }
  return undefined
}

const sources = ['product', 'self-built', 'managed'] as const

function sourceOf({ kind }: Known): (typeof sources)[number] {
  return kind === 'self-built' || kind === 'managed' ? kind : 'product'
}

/** A system that builds on another one of them adds nothing to it here. */
function withoutExtensions(able: readonly Known[]): readonly Known[] {
  return able.filter(({ buildsOn }) => !able.some(({ system }) => system === buildsOn))
}

/** It takes options of it, or a module that is made for it, and no code of one’s own. */
export function hasBuiltIn({ features }: Known, feature: PolicyFeature): boolean {
  const { level } = features[feature]
  return level === 'native' || level === 'plugin'
}

function eachFeature<Value>(of: (feature: PolicyFeature) => Value): Record<PolicyFeature, Value> {
  return Object.fromEntries(policyFeatures.map((feature) => [feature, of(feature)])) as Record<PolicyFeature, Value>
}
