import type { Finding } from '../comparison/finding.ts'

/** `CPU per request · overhead`; the scenario is left out where the title already says it (`Caching`). */
export function findingTitle({ title, scenario }: Pick<Finding, 'title' | 'scenario'>): string {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return scenario === null || bare(title).includes(bare(scenario)) ? title : `${title} · ${scenario}`
}

/** `caching`, `latency-overhead`: stable between runs, for links into a report. */
export function findingAnchor({ id, scenario }: Pick<Finding, 'id' | 'scenario'>): string {
  return scenario === null || scenario === id ? id : `${id}-${scenario}`
}
