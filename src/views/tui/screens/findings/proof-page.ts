/** Every probe of one scenario: what was claimed, expected and received, and for what failed the answers themselves. */

import { cell, table } from '../../../../comparison/blocks.ts'
import type { BodiesBlock, TableBlock } from '../../../../comparison/finding.ts'
import type { ProbeRecord, RunRecord, SubjectRecord } from '../../../../measurement/run-record.ts'
import type { Pins } from '../../../pinned.ts'
import { proofScore } from '../../../proof-score.ts'
import { blockSection, type PageOptions, type Section } from './section.ts'

export function probeSections(
  { scenarios }: RunRecord,
  scenario: string | null,
  pins: Pins,
  options: PageOptions,
): readonly Section[] {
  const subjects = scenarios.find((each) => each.scenario.id === scenario)?.subjects ?? []
  const proved = subjects.filter(({ label, kind, proof }) => {
    const kept = pins.pinned.length === 0 || pins.pinned.includes(label)
    return kept && kind !== 'baseline' && proof.length > 0
  })
  const evidence = ({ label, proof }: SubjectRecord, wanted: (probe: ProbeRecord) => boolean): readonly Section[] =>
    proof
      .filter((probe) => probe.evidence.length > 0 && wanted(probe))
      .map((probe) => blockSection(`${label} ${probe.id}`, evidenceOf(label, probe), options))
  return [
    ...proved.flatMap((subject) => evidence(subject, ({ state }) => state === 'failed')),
    ...proved.flatMap((subject) => {
      const key = `probes ${subject.label}`
      const table = blockSection(key, probeTable(subject), options)
      const rest = (): readonly Section[] => evidence(subject, ({ state }) => state !== 'failed')
      // Unfolded, the answers that it passed with stand below it.
      return [{ ...table, folds: true }, ...(options.unfolded.has(key) ? rest() : [])]
    }),
  ]
}

const states = {
  passed: cell('✓ passed', 'good'),
  failed: cell('✗ failed', 'bad'),
  skipped: cell('– not claimed', 'muted'),
} as const

function probeTable({ label, proof }: SubjectRecord): TableBlock {
  return table(
    `${label}: ${proofScore(proof).text}`,
    ['claim', 'state', 'expected', 'received'],
    proof.map(({ claim, state, expected, received }) => [claim, states[state], expected, received]),
  )
}

/** The requests of a probe, one below the other: what came back is what it is judged by. */
function evidenceOf(label: string, { claim, state, expected, received, evidence }: ProbeRecord): BodiesBlock {
  const [first] = evidence
  const block = {
    kind: 'bodies' as const,
    title: `${label} ${state}: ${claim}`,
    request: `expected: ${expected}\nreceived: ${received}`,
    answers: evidence.map(({ request, status, headers, body }, at) => ({
      label: `${at + 1}. ${request.method ?? 'GET'} ${request.path}`,
      status,
      headers: Object.entries(headers),
      body,
      remark: Object.entries(request.headers ?? {})
        .map(([name, value]) => `${name}: ${value}`)
        .join(', '),
    })),
  }
  if (!first) return block
  const { method = 'GET', path, headers = {} } = first.request
  return { ...block, sent: { method, path, headers: Object.entries(headers) } }
}
