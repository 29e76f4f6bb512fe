/** What rounds of one system that was measured twice differed by. */
import { note } from '../../../../blocks.ts'
import type { Block } from '../../../../finding.ts'
import type { Compared } from './compared.ts'

export function noiseNotes({ noiseFloor, between, duplicate }: Compared): readonly Block[] {
  if (!duplicate || !between || between.rounds === 0) return []
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
  return [
    note(
      `Noise: rounds of two equal systems (${duplicate.one.label} and ${duplicate.twin.label}) differed by up to ${percent(between.farthest)}.` +
        (between.kind === 'range'
          ? ''
          : ` The 95 % interval of their ratio reaches ${percent(noiseFloor)}: no smaller difference is claimed.`),
    ),
  ]
}
