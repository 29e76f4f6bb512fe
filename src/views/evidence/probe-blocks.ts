/** Probes as evidence: the same blocks in every view. */
import { cell, table } from '../../comparison/blocks.ts'
import type { BodiesBlock, TableBlock } from '../../comparison/finding.ts'
import type { ProbeRecord, SystemRecord } from '../../measurement/run-record.ts'
import { proofScore } from '../words/proof-score.ts'

const states = {
  passed: cell('✓ passed', 'good'),
  failed: cell('✗ failed', 'bad'),
  skipped: cell('– not claimed', 'muted'),
} as const

/** Every probe of one system: what it claims, expected and received. */
export function probeTable({ label, proof }: Pick<SystemRecord, 'label' | 'proof'>): TableBlock {
  return table(
    `${label}: ${proofScore(proof).text}`,
    ['claim', 'state', 'expected', 'received'],
    proof.map(({ claim, state, expected, received }) => [claim, states[state], expected, received]),
  )
}

/** The requests of a probe, one below the other: what came back is what it is judged by. */
export function probeAnswers(label: string, { claim, state, expected, received, evidence }: ProbeRecord): BodiesBlock {
  const [first] = evidence
  const block = {
    kind: 'bodies' as const,
    title: `${label} ${state}: ${claim}`,
    request: `expected: ${expected}\nreceived: ${received}`,
    answers: evidence.map(({ request, status, headers, body }, at) => ({
      label: `${at + 1}. ${request.method} ${request.path}`,
      status,
      headers,
      body,
      remark: request.headers.map(([name, value]) => `${name}: ${value}`).join(', '),
    })),
  }
  return first ? { ...block, sent: first.request } : block
}
