/** What every known system declares of every feature, and what became of it in this run. */
import type { RunRecord } from '../../../measurement/run-record.ts'
import { type PolicyFeature, policyFeatures } from '../../../policy/features/index.ts'
import { type Declaration, declarations } from '../../../systems/declarations.ts'
import type { FeatureSupport, SupportLevel, SystemKind } from '../../../systems/system.ts'

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

/** The least that does a feature: a proxy before a gateway, a gateway before a managed service, what is built in before a plugin, a plugin before a script. */
export interface Least {
  readonly feature: PolicyFeature
  readonly kind: Declaration['kind']
  readonly level: Means
  readonly systems: readonly Known[]
}

const levels: readonly Means[] = ['native', 'plugin', 'script']

/** From what is declared alone, so that it is the same whatever ran; undefined where no known system does it. */
export function minFor(feature: PolicyFeature, known: readonly Known[]): Least | undefined {
  for (const kind of ['proxy', 'gateway', 'managed'] satisfies readonly SystemKind[]) {
    for (const level of levels) {
      const systems = known.filter((each) => each.kind === kind && each.features[feature].level === level)
      if (systems.length > 0) return { feature, kind, level, systems }
    }
  }
  return undefined
}

function eachFeature<Value>(of: (feature: PolicyFeature) => Value): Record<PolicyFeature, Value> {
  return Object.fromEntries(policyFeatures.map((feature) => [feature, of(feature)])) as Record<PolicyFeature, Value>
}
