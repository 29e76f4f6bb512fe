/** Every finding of a run, verdict first. Pure: from the record alone, and always the same. */
import type { RunRecord, ScenarioRecord } from '../../measurement/run-record.ts'
import { answersOf, whyWithheld } from '../answers.ts'
import { list, note } from '../blocks.ts'
import { doubtfulRounds } from '../doubt.ts'
import type { Finding } from '../finding.ts'
import { hasEnoughRounds } from '../grade.ts'
import { offeredBy } from '../offered.ts'
import { measuredSystems } from '../rounds.ts'
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
    .flatMap((scenario) => {
      const drawn = [
        cachingFinding(scenario),
        rateLimitFinding(scenario),
        transformFinding(scenario),
        latencyFinding(scenario),
        cpuFinding(scenario),
      ]
      const offered = offeredBy(scenario)
      const tentative = !hasEnoughRounds(scenario) || doubtfulRounds(scenario).length > 0
      const graded = { offered, ...(tentative ? { tentative } : {}) }
      return drawn.map((finding) => finding && { ...cautioned(scenario, withFiguresOnly(finding)), ...graded })
    })
  return [verdictFinding(record), ...perScenario, effortFinding(record), proofFinding(record)].filter(
    (finding) => finding !== undefined,
  )
}

/** Without the figures that are none, such as a share of nothing: expectations of them cannot be judged. */
function withFiguresOnly(finding: Finding): Finding {
  const figures = Object.entries(finding.metrics).map(
    ([label, own]) =>
      [label, Object.fromEntries(Object.entries(own).filter(([, value]) => Number.isFinite(value)))] as const,
  )
  return { ...finding, metrics: Object.fromEntries(figures) }
}

/** Where a system did not answer as expected, a finding says so before its figures; that of latency does so itself. */
function cautioned(scenario: ScenarioRecord, finding: Finding): Finding {
  if (finding.id === 'latency') return finding
  const reasons = measuredSystems(scenario).flatMap((subject) => {
    const why = whyWithheld(answersOf(scenario, subject))
    return why === undefined ? [] : [{ why, label: subject.label }]
  })
  const notes = [...Map.groupBy(reasons, ({ why }) => why)].map(([why, all]) =>
    note(`Read no figure of ${list(all.map(({ label }) => label))} as a success: ${why}.`, 'warning'),
  )
  return { ...finding, blocks: [...notes, ...finding.blocks] }
}
