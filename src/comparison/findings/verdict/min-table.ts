import { emulatedWords, isEmulated } from '../../../measurement/emulated.ts'
import type { RunRecord } from '../../../measurement/run-record.ts'
import type { PolicyFeature } from '../../../policy/features/index.ts'
import { featureNouns } from '../../../policy/features/titles.ts'
import { kindInWords } from '../../../systems/system.ts'
import { list, table } from '../../blocks.ts'
import type { TableBlock } from '../../finding.ts'
import { costInShort, type ExtraCost } from './extra-cost.ts'
import type { Least } from './standing.ts'

export function minTable(record: RunRecord, least: readonly Least[], costs: readonly ExtraCost[]): TableBlock {
  return table(
    'The least that does each feature',
    ['feature', 'the least that does it', 'lines it takes', 'what it costs to run'],
    least.map(({ feature, kind, level, systems }) => {
      const lines = systems.flatMap(({ system }) => linesOf(record, system, feature))
      const own = costs.filter(
        ({ features, system }) => features.includes(feature) && systems.some((each) => each.system === system),
      )
      return [
        featureNouns[feature],
        `${level} in ${list(systems.map(({ system }) => system))} (${kindInWords(kind)})`,
        lines.length > 0 ? lines.join('; ') : '–',
        own.length > 0 ? own.map(costInShort).join('; ') : isEmulated({ kind }) ? emulatedWords : '–',
      ]
    }),
    'Lines: what leaving the feature out would save, at most in one scenario, without comments and blanks. Cost: the difference per request within one scenario to the system that it builds on, ' +
      'where that one does the same work without the feature; –: no such pair was measured.',
  )
}

/** `nginx 12`, `nginx-lua 3 + 128 of code`; nothing where the system has no part in the record. */
function linesOf({ scenarios }: RunRecord, system: string, feature: PolicyFeature): readonly string[] {
  const all = scenarios
    .flatMap(({ subjects }) => subjects.filter((subject) => subject.system === system))
    .flatMap(({ effort }) => effort.features[feature] ?? [])
  if (all.length === 0) return []
  const most = all.reduce((a, b) => (b.config + b.script > a.config + a.script ? b : a))
  return [`${system} ${most.config}${most.script > 0 ? ` + ${most.script} of code` : ''}`]
}
