/** Every finding of a run, verdict first. Pure: from the record alone, and always the same. */
import type { RunRecord } from '../../measurement/run-record.ts'
import type { Comparison } from '../../scenario/scenario.ts'
import { formatNumber, formatShare } from '../../units.ts'
import type { Finding, Judgement } from '../finding.ts'
import { cachingFinding } from './caching.ts'
import { cpuFinding } from './cpu.ts'
import { effortFinding } from './effort.ts'
import { latencyFinding } from './latency.ts'
import { proofFinding } from './proof.ts'
import { rateLimitFinding } from './rate-limit.ts'
import { transformFinding } from './transform.ts'
import { verdictFinding } from './verdict.ts'

export function drawFindings(record: RunRecord): readonly Finding[] {
  const perScenario = record.scenarios
    .filter(({ rounds }) => rounds.length > 0)
    .flatMap((scenario) => [
      cachingFinding(scenario),
      rateLimitFinding(scenario),
      transformFinding(scenario),
      latencyFinding(scenario),
      cpuFinding(scenario),
    ])
  return [verdictFinding(record), ...perScenario, effortFinding(record), proofFinding(record)].filter(
    (finding) => finding !== undefined,
  )
}

/** The scenarios' expectations against the findings. */
export function judge({ scenarios }: RunRecord, findings: readonly Finding[]): readonly Judgement[] {
  return scenarios.flatMap(({ scenario, subjects }) =>
    scenario.expect.map(({ finding, system, metric, comparison, text }): Judgement => {
      const found = findings.find(
        (each) => each.id === finding && (each.scenario === scenario.id || each.scenario === null),
      )
      const value = found?.metrics[system]?.[metric]
      const base = { scenario: scenario.id, system, finding, metric, expected: text }
      if (value === undefined || Number.isNaN(value)) {
        const subject = subjects.find(({ label }) => label === system)
        const received = subject ? subject.reason || 'it has no such figure' : 'it was not part of this run'
        return { ...base, received, state: 'unjudged' }
      }
      const received = text.includes('%') ? formatShare(value) : formatNumber(value)
      return { ...base, received, state: holds(comparison, value) ? 'met' : 'broken' }
    }),
  )
}

/** Shares and rates are sums of floats: equality allows for their last digits. */
const tiny = 1e-9

function holds(comparison: Comparison, value: number): boolean {
  const { op, value: wanted } = comparison
  switch (op) {
    case '>=':
      return value >= wanted - tiny
    case '<=':
      return value <= wanted + tiny
    case '>':
      return value > wanted
    case '<':
      return value < wanted
    case '=':
      return Math.abs(value - wanted) <= tiny
    case '±':
      return Math.abs(value - wanted) <= comparison.tolerance + tiny
  }
}
