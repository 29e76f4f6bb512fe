import { emulatedWords, isEmulated } from '../../../../measurement/emulated.ts'
import type { RunRecord } from '../../../../measurement/run-record.ts'
import type { PolicyFeature } from '../../../../policy/features/index.ts'
import { featureNouns } from '../../../../policy/features/titles.ts'
import { kindInWords } from '../../../../systems/system.ts'
import { few, table } from '../../../blocks.ts'
import type { TableBlock } from '../../../finding.ts'
import { costsInShort, type ExtraCost } from './extra-cost.ts'
import type { Known, Least } from './standing.ts'

export function minTable(record: RunRecord, least: readonly Least[], costs: readonly ExtraCost[]): TableBlock {
  return table(
    'The least that does each feature',
    ['feature', 'the least that does it', 'lines it takes', 'what it costs to run'],
    least.map(({ feature, level, systems }) => {
      const lines = fewest(record, systems, feature)
      const kinds = [...new Set(systems.map(({ kind }) => kindInWords(kind)))]
      const own = costs.filter(
        ({ features, system }) => features.includes(feature) && systems.some((each) => each.system === system),
      )
      return [
        featureNouns[feature],
        `${level} in ${few(systems.map(({ system }) => system))} (${kinds.join(', ')})`,
        lines,
        own.length > 0 ? costsInShort(own) : systems.every(isEmulated) ? emulatedWords : '–',
      ]
    }),
    'Lines: what leaving the feature out would save, at most in one scenario, without comments and blanks, of the three that take the fewest. Cost: the difference per request within one scenario to the system that it builds on, ' +
      'where that one does the same work without the feature; –: no such pair was measured.',
  )
}

/** `nginx 12; nginx-lua 3 + 128 of code`: the three that take the fewest; `–` where none has a part in the record. */
function fewest(record: RunRecord, systems: readonly Known[], feature: PolicyFeature): string {
  const all = systems
    .flatMap(({ system }) => linesOf(record, system, feature))
    .toSorted((a, b) => a.config + a.script - (b.config + b.script))
  const shown = all.slice(0, 3).map(({ system, config, script }) => {
    return `${system} ${config}${script > 0 ? ` + ${script} of code` : ''}`
  })
  return shown.length > 0 ? shown.join('; ') : '–'
}

/** At most in one scenario; nothing where the system has no part in the record. */
function linesOf({ scenarios }: RunRecord, system: string, feature: PolicyFeature) {
  const all = scenarios
    .flatMap(({ subjects }) => subjects.filter((subject) => subject.system === system))
    .flatMap(({ effort }) => effort.features[feature] ?? [])
  if (all.length === 0) return []
  return [{ system, ...all.reduce((a, b) => (b.config + b.script > a.config + a.script ? b : a)) }]
}
