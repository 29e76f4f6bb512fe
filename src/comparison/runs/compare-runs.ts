/** Two runs side by side: the same findings, with what changed. Pure: from two records alone. */
import { EdgeLabError } from '../../errors.ts'
import type { RunRecord } from '../../measurement/run-record.ts'
import type { Finding } from '../finding.ts'
import { drawFindings } from '../findings/index.ts'
import type { Bound } from './bound.ts'
import { findingOfBounds } from './bounds-finding.ts'
import { changesOf, type JudgedBound, judgeBounds } from './changes.ts'
import { findingOfChanges } from './changes-finding.ts'
import { versionChanges, warningsOf } from './circumstances.ts'
import { findingsTogether } from './findings-together.ts'
import { commonScenarios, differingSettings } from './settings.ts'

export interface RunComparison {
  readonly before: RunRecord
  readonly after: RunRecord
  /** What may explain a change besides the systems. */
  readonly warnings: readonly string[]
  /** Products of which the second run had another version. */
  readonly versions: readonly string[]
  readonly findings: readonly Finding[]
  readonly bounds: readonly JudgedBound[]
}

/** Throws EdgeLabError `runsDiffer` that names every setting that differs, and `nothingInCommon`. */
export function compareRuns(before: RunRecord, after: RunRecord, bounds: readonly Bound[] = []): RunComparison {
  const pairs = commonScenarios(before, after)
  if (pairs.length === 0) {
    const ids = (run: RunRecord): string => run.scenarios.map(({ scenario }) => scenario.id).join(', ') || 'none'
    throw new EdgeLabError('nothingInCommon', { before: ids(before), after: ids(after) })
  }
  const settings = differingSettings(before, after)
  if (settings.length > 0) throw new EdgeLabError('runsDiffer', { what: inWords(settings) })
  const changes = changesOf(pairs)
  const judged = judgeBounds(bounds, changes)
  return {
    before,
    after,
    warnings: warningsOf(before, after),
    versions: versionChanges(before, after),
    findings: [
      ...(bounds.length > 0 ? [findingOfBounds(bounds, judged)] : []),
      ...pairs.map(([, { scenario }]) =>
        findingOfChanges(
          scenario,
          changes.filter((change) => change.scenario === scenario.id),
        ),
      ),
      ...findingsTogether(drawFindings(before), drawFindings(after)),
    ],
    bounds: judged,
  }
}

const mostNamed = 8

function inWords(settings: ReturnType<typeof differingSettings>): string {
  const named = settings
    .slice(0, mostNamed)
    .map(({ key, before, after }) => `${key} is ${before} in the first, ${after} in the second`)
  const more = settings.length - named.length
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}
