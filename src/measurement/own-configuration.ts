/**
 * Where a system ran with a configuration of its reader's, what it did and what it cost are that configuration's: nothing
 * can be concluded from it about what the system declares.
 */
import type { RunRecord, SystemRecord } from './run-record.ts'

export function hasOwnConfiguration({ native }: Pick<SystemRecord, 'native'>): boolean {
  return native.fidelity.some(({ level }) => level === 'unknown')
}

/** The labels of those systems, each once. */
export function ownConfigurations({ scenarios }: RunRecord): readonly string[] {
  const found = scenarios.flatMap(({ subjects }) => subjects.filter(hasOwnConfiguration))
  return [...new Set(found.map(({ label }) => label))]
}

/** The run as if they had taken no part. */
export function withoutOwnConfigurations(record: RunRecord): RunRecord {
  const labels = new Set(ownConfigurations(record))
  if (labels.size === 0) return record
  return {
    ...record,
    scenarios: record.scenarios.map((scenario) => ({
      ...scenario,
      subjects: scenario.subjects.filter(({ label }) => !labels.has(label)),
      rounds: scenario.rounds.filter(({ label }) => !labels.has(label)),
    })),
  }
}

/** Something of the reader's that ran before and after: nobody started it for the run, or gave it a configuration. */
export function ranAlready({ kind }: Pick<SystemRecord, 'kind'>): boolean {
  return kind === 'target' || kind === 'deployment'
}
