/** Paths that an origin answers with 200 below a policy path, for probes to ask: apart from those of the traffic. */
import { own } from '../../own.ts'
import { prefixTakes } from '../../policy/paths/prefix.ts'
import type { Scenario } from '../../scenario/scenario.ts'

/**
 * Up to `count` different paths below `policyPath`, the routes of its origin in turn: `{id}` becomes numbers from
 * 900001 on, which no traffic uses; routes without a parameter come once, and again with a query where more are needed.
 */
export function probePaths(scenario: Scenario): (policyPath: string, count: number) => readonly string[] {
  let next = 900_001
  return (policyPath, count) => {
    const route = [...scenario.policy.routes]
      .filter(({ path }) => prefixTakes(path, policyPath))
      .sort((a, b) => b.path.length - a.path.length)[0]
    const patterns = (route ? (own(scenario.origins, route.origin)?.routes ?? []) : [])
      .map(({ path }) => path)
      .filter((path) => prefixTakes(policyPath, path))
    const pattern = patterns.find((path) => path.includes('{')) ?? patterns[0]
    if (pattern === undefined) return []
    return Array.from({ length: count }, () => {
      next += 1
      return pattern.includes('{') ? pattern.replaceAll(/\{[^}]*\}/g, String(next)) : `${pattern}?probe=${next}`
    })
  }
}

/** One path for each origin route below `policyPath`: every document that a transform must be right for. */
export function documentsIn(scenario: Scenario, policyPath: string): readonly string[] {
  const routes = Object.values(scenario.origins).flatMap((origin) => origin.routes)
  return routes
    .map(({ path }) => path)
    .filter((path) => prefixTakes(policyPath, path))
    .map((path) => path.replaceAll(/\{[^}]*\}/g, '7'))
}
