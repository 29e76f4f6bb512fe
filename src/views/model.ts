/** What every view shows: a run record with its findings and judged expectations. */
import type { Finding, Judgement } from '../comparison/finding.ts'
import type { RunRecord } from '../measurement/run-record.ts'

export interface ReportModel {
  readonly record: RunRecord
  /** Verdict first. */
  readonly findings: readonly Finding[]
  readonly judgements: readonly Judgement[]
}
