/** Rounds in which the driver was late or the bottleneck: their figures say something about the driver too. */
import type { RoundRecord, ScenarioRecord } from '../measurement/run-record.ts'

export function doubtfulRounds({ rounds }: ScenarioRecord): readonly RoundRecord[] {
  return rounds.filter(({ flags }) => flags.length > 0)
}

/** True where a round of one of them is flagged: then no ratio between them is shown. */
export function isDoubtful(scenario: ScenarioRecord, ...labels: readonly string[]): boolean {
  return doubtfulRounds(scenario).some(({ label }) => labels.includes(label))
}

/** `node-gateway round 1 (driver late)` */
export function doubtInWords(scenario: ScenarioRecord): readonly string[] {
  return doubtfulRounds(scenario).map(({ label, index, flags }) => `${label} round ${index + 1} (${flags.join(', ')})`)
}
