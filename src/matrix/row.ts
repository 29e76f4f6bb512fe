/** One system of the matrix: what it declares, and what was seen of it here. */
import type { ProbeRecord } from '../measurement/run-record.ts'
import type { PolicyFeature } from '../policy/features/index.ts'
import type { DeclaredRow } from './declared.ts'
import type { Outcome } from './proved.ts'

export interface MatrixRow extends DeclaredRow {
  /** null where it cannot run here. */
  readonly outcome: Outcome | null
  /** Why it cannot run here, and the one command that changes it; empty where it can. */
  readonly absent: string
  readonly remedy: string
}

export type CellState = 'proved' | 'failed' | 'not run here' | 'none'

/** What this run says of a feature that is claimed; `none` of one that is not. */
export function stateOf({ cells, outcome }: MatrixRow, feature: PolicyFeature): CellState {
  if (cells[feature].support.level === 'none') return 'none'
  if (!outcome) return 'not run here'
  const tried = probesTried(outcome, feature)
  // A claim that nothing tried is not proved.
  return tried.length > 0 && tried.every(({ state }) => state === 'passed') ? 'proved' : 'failed'
}

export function probesTried({ probes }: Outcome, feature: PolicyFeature): readonly ProbeRecord[] {
  return probes.filter((probe) => probe.feature === feature && probe.state !== 'skipped')
}
