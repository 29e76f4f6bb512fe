/** The tabs of the findings, in the order of the question; only those that this run has something for. */
import type { Finding, FindingId } from '../../../../comparison/finding.ts'
import type { ReportModel } from '../../../model.ts'

export type TabId = FindingId | 'config' | 'raw'

export interface Tab {
  readonly id: TabId
  readonly title: string
  /** Scenarios that it has a page for each of; empty where it is about the whole run. */
  readonly scenarios: readonly string[]
}

const titles = {
  verdict: 'Verdict',
  latency: 'Latency',
  cpu: 'CPU',
  caching: 'Caching',
  'rate-limit': 'Rate limit',
  transform: 'Transform',
  effort: 'Effort',
  proof: 'Proof',
  config: 'Config',
  raw: 'Raw',
} as const satisfies Record<TabId, string>

export function tabsOf({ record, findings }: ReportModel): readonly Tab[] {
  const all = record.scenarios.map(({ scenario }) => scenario.id)
  return (Object.keys(titles) as TabId[]).flatMap((id): Tab[] => {
    const tab = { id, title: titles[id] }
    if (id === 'raw') return [{ ...tab, scenarios: [] }]
    if (id === 'proof' || id === 'config') return [{ ...tab, scenarios: all }]
    const own = findings.filter((finding) => finding.id === id)
    if (own.length === 0) return []
    return [{ ...tab, scenarios: own.flatMap(({ scenario }) => scenario ?? []) }]
  })
}

/** The scenario that a tab shows: the chosen one where it has it, else its first one; null for the whole run. */
export function scenarioShown({ scenarios }: Tab, chosen: string | null): string | null {
  return scenarios.find((each) => each === chosen) ?? scenarios[0] ?? null
}

export function findingOf({ findings }: ReportModel, id: TabId, scenario: string | null): Finding | undefined {
  return (
    findings.find((finding) => finding.id === id && finding.scenario === scenario) ??
    findings.find((finding) => finding.id === id)
  )
}

/** The key that opens a tab: `1` to `9`, then `0`. */
export function tabKey(at: number): string {
  return at < 9 ? String(at + 1) : at === 9 ? '0' : ''
}
