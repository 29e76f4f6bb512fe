/** Every finding of a run, verdict first. Pure: from the record alone, and always the same. */
import type { RunRecord, ScenarioRecord } from '../../measurement/run-record.ts'
import { answersOf, whyWithheld } from '../answers.ts'
import { note } from '../blocks.ts'
import { doubtfulRounds } from '../doubt.ts'
import type { Finding } from '../finding.ts'
import { hasEnoughRounds } from '../grade.ts'
import { offeredBy } from '../offered.ts'
import { measuredSubjects } from '../rounds.ts'
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
      return drawn.map((finding) => finding && { ...cautioned(scenario, finding), ...graded })
    })
  return [verdictFinding(record), ...perScenario, effortFinding(record), proofFinding(record)].filter(
    (finding) => finding !== undefined,
  )
}

/** Where a system did not answer as expected, every finding of the scenario says so before its figures. */
function cautioned(scenario: ScenarioRecord, finding: Finding): Finding {
  const notes = measuredSubjects(scenario).flatMap((subject) => {
    const why = whyWithheld(answersOf(scenario, subject))
    return why === undefined ? [] : [note(`Read no figure of ${subject.label} as a success: ${why}.`, 'warning')]
  })
  return notes.length === 0 ? finding : { ...finding, blocks: [...notes, ...finding.blocks] }
}
