import type { Finding } from '../comparison/finding.ts'

/** `CPU · overhead`; the scenario is left out where the title already says it (`Caching`). */
export function findingTitle({ title, scenario }: Pick<Finding, 'title' | 'scenario'>): string {
  if (scenario === null) return title
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const own = title.endsWith(` · ${scenario}`) ? title.slice(0, -` · ${scenario}`.length) : title
  return bare(own).includes(bare(scenario)) ? own : `${own} · ${scenario}`
}

/** `caching`, `latency-overhead`: stable between runs, for links into a report. */
export function findingAnchor({ id, scenario }: Pick<Finding, 'id' | 'scenario'>): string {
  return scenario === null || scenario === id ? id : `${id}-${scenario}`
}
