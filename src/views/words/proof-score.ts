/** How many of a system's probes passed: the same count wherever a system is named. */
import type { ProbeRecord } from '../../measurement/run-record.ts'

export interface ProofScore {
  readonly passed: number
  /** Probes of what the system claims to do. */
  readonly claimed: number
  readonly skipped: number
  /** `✓ 3/3`, `✗ 2/3`, `not claimed`. */
  readonly text: string
}

export function proofScore(proof: readonly ProbeRecord[]): ProofScore {
  const skipped = proof.filter(({ state }) => state === 'skipped').length
  const claimed = proof.length - skipped
  const passed = proof.filter(({ state }) => state === 'passed').length
  const text = claimed === 0 ? 'not claimed' : `${passed === claimed ? '✓' : '✗'} ${passed}/${claimed}`
  return { passed, claimed, skipped, text }
}
