/** What a configuration costs whoever writes it, in lines: compiled with and without each feature, and counted. */
import type { EffortRecord } from '../../measurement/run-record.ts'
import { type PolicyFeature, policyFeatures } from '../../policy/features/index.ts'
import type { Policy } from '../../policy/policy.ts'
import { launchOf, type NativeFile, type NativeLanguage, type Site, type System } from '../../systems/system.ts'
import { sourceLines } from './source-lines.ts'

/** What begins a comment, where it is not `#`; JSON has none. */
const commentStarts: ReadonlyMap<NativeLanguage, string | undefined> = new Map([
  ['lua', '--'],
  ['json', undefined],
])

/** Lines that are neither blank nor only a comment. */
export function countLines({ language, text }: NativeFile): number {
  const comment = commentStarts.has(language) ? commentStarts.get(language) : '#'
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !(comment && line.startsWith(comment))).length
}

function linesOf(system: System, policy: Policy, site: Site): { readonly config: number; readonly script: number } {
  const { files } = system.compile(policy, site)
  const scripts = launchOf(system)?.scripts ?? []
  const count = (script: boolean): number =>
    files
      .filter(({ language }) => scripts.includes(language) === script)
      .reduce((sum, file) => sum + countLines(file), 0)
  return { config: count(false), script: count(true) }
}

/**
 * Lines in all, and per feature of the policy what leaving it out would save. A program of our own counts as script:
 * whoever builds such a gateway writes it.
 */
export function measureEffort(system: System, policy: Policy, site: Site): EffortRecord {
  const whole = linesOf(system, policy, site)
  const used = policyFeatures.filter(
    (feature) => policy[feature].length > 0 && system.support[feature].level !== 'none',
  )
  const own = (feature: PolicyFeature | 'base'): number => sourceLines(system.sources?.[feature] ?? [])
  // Without routes nothing is left to compile: their lines are the remainder.
  const features = used
    .filter((feature) => feature !== 'routes')
    .map((feature) => {
      const without = linesOf(system, { ...policy, [feature]: [] }, site)
      return [
        feature,
        { config: whole.config - without.config, script: whole.script - without.script + own(feature) },
      ] as const
    })
  return {
    configLines: whole.config,
    scriptLines: whole.script + own('base') + used.reduce((sum, feature) => sum + own(feature), 0),
    features: Object.fromEntries(features),
  }
}
