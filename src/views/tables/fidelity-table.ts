/** How exactly a system carries out each line of the policy, as a table: the same one in every view. */
import type { TableBlock } from '../../comparison/finding.ts'
import type { SystemRecord } from '../../measurement/run-record.ts'
import type { FidelityLevel } from '../../systems/system.ts'

const tones = {
  exact: 'good',
  approximated: undefined,
  impossible: 'bad',
  unknown: undefined,
} as const satisfies Record<FidelityLevel, unknown>

export function fidelityTable({ label, native }: Pick<SystemRecord, 'label' | 'native'>): TableBlock {
  return {
    kind: 'table',
    title: `How ${label} carries out the policy`,
    columns: [
      { title: 'policy', align: 'left' },
      { title: 'fidelity', align: 'left' },
      { title: 'how', align: 'left' },
    ],
    rows: native.fidelity.map(({ line, level, how }) => {
      const tone = tones[level]
      return [{ text: line }, tone ? { text: level, tone } : { text: level }, { text: how }]
    }),
    caption: '',
  }
}
