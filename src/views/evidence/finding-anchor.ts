import type { Finding } from '../../comparison/finding.ts'

/** `caching`, `latency-overhead`: stable between runs, for links into a report. */
export function findingAnchor({ id, scenario }: Pick<Finding, 'id' | 'scenario'>): string {
  return scenario === null || scenario === id ? id : `${id}-${scenario}`
}
