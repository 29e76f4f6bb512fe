/** The matrix for a script. */

import { perFeature } from '../policy/features/index.ts'
import type { Choice } from '../runtime/choose.ts'
import { type MatrixRow, probesTried, stateOf } from './row.ts'

export function matrixJson(rows: readonly MatrixRow[], { kind, reason }: Choice): string {
  return JSON.stringify({
    runtime: kind,
    reason,
    systems: rows.map((row) => ({
      system: row.system.id,
      kind: row.system.kind,
      version: row.outcome?.version ?? null,
      absent: row.absent,
      remedy: row.remedy,
      problem: row.outcome?.problem ?? '',
      logTail: row.outcome?.logTail ?? '',
      ms: row.outcome && Math.round(row.outcome.ms),
      lines: row.lines,
      features: perFeature((feature) => ({
        level: row.cells[feature].support.level,
        state: stateOf(row, feature),
        lines: row.cells[feature].lines,
        probes: row.outcome
          ? probesTried(row.outcome, feature).map(({ id, state, expected, received, shows }) => ({
              id,
              state,
              expected,
              received,
              ...(shows === undefined ? {} : { shows }),
            }))
          : [],
      })),
    })),
  })
}
