/** Every probe of one scenario: what was claimed, expected and received, and for what failed the answers themselves. */
import type { ProbeRecord, RunRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { Pins } from '../../../evidence/pinned.ts'
import { probeAnswers, probeTable } from '../../../evidence/probe-blocks.ts'
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
  const evidence = ({ label, proof }: SystemRecord, wanted: (probe: ProbeRecord) => boolean): readonly Section[] =>
    proof
      .filter((probe) => probe.evidence.length > 0 && wanted(probe))
      .map((probe) => blockSection(`${label} ${probe.id}`, probeAnswers(label, probe), options))
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
