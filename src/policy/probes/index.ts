/** The probes of a policy: what must be seen for each of its lines to be believed. */
import type { Exchange } from '../../http/answer.ts'
import { get } from '../../http/request.ts'
import { featureOf, type Policy, type PolicyFeature, policyFeatures } from '../features/index.ts'
import { type PolicyLine, policyLines } from '../lines.ts'
import { lineOn } from '../locations.ts'
import type { LineProbe, Pace, ProbeContext, ProbePaths } from './probe.ts'

export interface Probe extends LineProbe {
  /** `cache.0.expires` */
  readonly id: string
  readonly feature: PolicyFeature
  /** The policy line's place: `cache.0`. */
  readonly line: string
}

/** Every probe of every line, in the order of the policy. */
export function probesFor({ policy, ...paths }: { readonly policy: Policy } & ProbePaths): readonly Probe[] {
  const context = contextOf(policy, paths)
  const probesOf = <F extends PolicyFeature>(feature: F, { index, path: line }: PolicyLine): readonly Probe[] =>
    featureOf[feature]
      .probes(policy[feature][index]!, context)
      .map((probe) => ({ ...probe, id: `${line}.${probe.id}`, feature, line }))
  return policyLines(policy).flatMap((line) => probesOf(line.feature, line))
}

function contextOf(policy: Policy, paths: ProbePaths): ProbeContext<Policy> {
  const paces = (path: string) => policyFeatures.flatMap((feature) => paceAt(policy, feature, withoutQuery(path)) ?? [])
  const context: ProbeContext<Policy> = {
    ...paths,
    policy,
    admitted: (path, headers = {}, who = 0) => {
      const needed = policyFeatures.flatMap((feature) => Object.entries(admissionAt(policy, feature, path, who)))
      return get(path, { ...Object.fromEntries(needed), ...headers })
    },
    headroom: (path) => Math.min(...paces(path).map(({ atOnce }) => atOnce)),
    rested: (tools, path, count = Number.POSITIVE_INFINITY) => {
      const atOnce = context.headroom(path)
      const refillMs = Math.max(0, ...paces(path).map((each) => each.refillMs))
      return tools.rest({ atOnce, refillMs }, Math.min(count, atOnce))
    },
    inTurn: async (tools, path, ...requests) => {
      const answers: Exchange[] = []
      const room = context.headroom(path)
      for (let at = 0; at < requests.length; at += room) {
        const some = requests.slice(at, at + room)
        await context.rested(tools, path, some.length)
        answers.push(...(await tools.send(...some)))
      }
      return answers
    },
  }
  return context
}

function paceAt<F extends PolicyFeature>(policy: Policy, feature: F, path: string): Pace | undefined {
  const line = lineOn(policy, feature, path)
  return line && featureOf[feature].pace?.(line)
}

function admissionAt<F extends PolicyFeature>(
  policy: Policy,
  feature: F,
  path: string,
  who: number,
): Readonly<Record<string, string>> {
  const line = lineOn(policy, feature, withoutQuery(path))
  return (line && featureOf[feature].admission?.(line, { path, who })) ?? {}
}

function withoutQuery(path: string): string {
  return path.replace(/\?.*/s, '')
}
