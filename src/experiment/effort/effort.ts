/** What a configuration costs whoever writes it, in lines: compiled with and without each feature, and counted. */
import type { EffortRecord } from '../../measurement/run-record.ts'
import { type PolicyFeature, policyFeatures } from '../../policy/features/index.ts'
import type { Policy } from '../../policy/policy.ts'
import {
  launchOf,
  type NativeConfig,
  type NativeFile,
  type NativeLanguage,
  type Site,
  type System,
} from '../../systems/system.ts'
import { sourceLines } from './source-lines.ts'

/** What begins a comment, where it is not `#`; JSON has none. */
const commentStarts: ReadonlyMap<NativeLanguage, string | undefined> = new Map([
  ['lua', '--'],
  ['javascript', '//'],
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

interface Lines {
  readonly config: number
  readonly script: number
}

function linesOf(system: System, { files }: Pick<NativeConfig, 'files'>): Lines {
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
  const whole = linesOf(system, system.compile(policy, site))
  // Without routes nothing is left to compile: their lines are the remainder.
  const features = usedBy(system, policy)
    .filter((feature) => feature !== 'routes')
    .map((feature) => {
      const without = linesOf(system, system.compile({ ...policy, [feature]: [] }, site))
      return [
        feature,
        {
          config: whole.config - without.config,
          script: whole.script - without.script + programLines(system, feature),
        },
      ] as const
    })
  return {
    configLines: whole.config,
    scriptLines: whole.script + programOf(system, policy),
    features: Object.fromEntries(features),
  }
}

/** Of files that somebody wrote: lines in all. Which of them a feature costs, nobody can tell. */
export function effortOfOwn(system: System, policy: Policy, native: NativeConfig): EffortRecord {
  const { config, script } = linesOf(system, native)
  return { configLines: config, scriptLines: script + programOf(system, policy), features: {} }
}

function usedBy(system: System, policy: Policy): readonly PolicyFeature[] {
  return policyFeatures.filter((feature) => policy[feature].length > 0 && system.support[feature].level !== 'none')
}

/** Lines of the program itself for everything that the policy asks of it; none where it is a product. */
function programOf(system: System, policy: Policy): number {
  return (['base', ...usedBy(system, policy)] as const).reduce((sum, part) => sum + programLines(system, part), 0)
}

function programLines(system: System, part: PolicyFeature | 'base'): number {
  return sourceLines(system.sources?.[part] ?? [])
}
