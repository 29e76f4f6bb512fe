/** Features and systems of a record that this version of EdgeLab does not know: shown by their ids, never left out. */
import type { RunRecord } from '../measurement/run-record.ts'
import { own } from '../own.ts'
import { policyFeatures } from '../policy/features/index.ts'
import { featureTitles } from '../policy/features/titles.ts'
import { systems } from '../systems/index.ts'
import { targetId } from '../systems/running/target.ts'
import { list } from './blocks.ts'

/** These features, each once: those that are known in the order of the policy, then the others as they come. */
export function inOrder(features: Iterable<string>): readonly string[] {
  const all = new Set(features)
  const known = policyFeatures.filter((feature) => all.has(feature))
  return [...known, ...[...all].filter((feature) => !(feature in featureTitles))]
}

/** What a feature means; of one that is not known, its id. */
export function featureTitle(feature: string): string {
  return own<string>(featureTitles, feature) ?? feature
}

/** What of the record is not known here, as a sentence; undefined where everything is. */
export function foreignParts(record: RunRecord): string | undefined {
  const features = record.scenarios.flatMap(({ scenario, subjects }) => [
    ...Object.entries<readonly unknown[]>({ ...scenario.policy }).flatMap(([id, lines]) =>
      lines.length > 0 ? [id] : [],
    ),
    ...subjects.flatMap(({ proof }) => proof.map(({ feature }) => feature)),
  ])
  const ids = record.scenarios
    .flatMap(({ subjects }) => subjects.map(({ system }) => system))
    .filter((id) => id !== targetId)
  const unknown = [
    ...named('the feature', 'the features', features, featureTitles),
    ...named('the system', 'the systems', ids, systems),
  ]
  return unknown.length === 0
    ? undefined
    : `Recorded by EdgeLab ${record.edgelab}, which knew ${list(unknown)}; this version does not, and shows them as they were recorded.`
}

function named(one: string, several: string, ids: readonly string[], known: object): readonly string[] {
  const unknown = [...new Set(ids)].filter((id) => !Object.hasOwn(known, id))
  return unknown.length === 0 ? [] : [`${unknown.length === 1 ? one : several} ${list(unknown)}`]
}
