/** The tabs of the findings: one for each that this run has, in the order of the registry, then what they rest on. */
import type { Finding } from '../../../../comparison/finding.ts'
import { type FindingId, findings as modules } from '../../../../comparison/findings/registry.ts'
import type { ReportModel } from '../../../model.ts'

export type TabId = FindingId | 'config' | 'raw'

export interface Tab {
  readonly id: TabId
  readonly title: string
  /** Scenarios that it has a page for each of; empty where it is about the whole run. */
  readonly scenarios: readonly string[]
}

export function tabsOf({ record, findings }: ReportModel): readonly Tab[] {
  const all = record.scenarios.map(({ scenario }) => scenario.id)
  const drawn = modules.flatMap(({ id, title }): Tab[] => {
    const own = findings.filter((finding) => finding.id === id)
    // Probes are shown scenario by scenario, below the one finding about all of them.
    if (id === 'proof') return [{ id, title, scenarios: all }]
    return own.length === 0 ? [] : [{ id, title, scenarios: own.flatMap(({ scenario }) => scenario ?? []) }]
  })
  return [...drawn, { id: 'config', title: 'Config', scenarios: all }, { id: 'raw', title: 'Raw', scenarios: [] }]
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

/** The key that opens a tab: `1` to `9`, `0`, and from the eleventh on `1` again. */
export function tabKey(at: number): string {
  return String((at + 1) % 10)
}

export const tabKeys: readonly string[] = Array.from({ length: 10 }, (_, at) => tabKey(at))

/** What a key opens: its first tab, and pressed again the next one that has it. */
export function tabAfterKey(tabs: readonly Tab[], key: string, open: TabId): Tab | undefined {
  const own = tabs.filter((_, at) => tabKey(at) === key)
  return own[(own.findIndex(({ id }) => id === open) + 1) % own.length]
}
