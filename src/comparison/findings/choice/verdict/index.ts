/**
 * The question that EdgeLab is for. The advice follows from what every known system declares, so that it does not depend
 * on which of them happened to run; what this run showed, and what it cost, stands beside it.
 */
import { ownConfigurations, withoutOwnConfigurations } from '../../../../measurement/own-configuration.ts'
import type { RunRecord } from '../../../../measurement/run-record.ts'
import { few, list, nouns } from '../../../blocks.ts'
import { roundsOf } from '../../../rounds.ts'
import type { RunFinding } from '../../module.ts'
import { adviceOf } from './advice.ts'
import { costSentences, extraCosts } from './extra-cost.ts'
import { minTable } from './min-table.ts'
import { type Known, knownSystems, type Least, minFor, type Standing, triedFeatures } from './standing.ts'
import { systemTable } from './system-table.ts'

export const verdict: RunFinding<'verdict'> = {
  id: 'verdict',
  of: 'run',
  title: 'Verdict',
  question: 'Is an API gateway just a reverse proxy with extra features, and which of the two do I need?',
  metrics: [],
  applies: () => true,
  draw: (whole) => {
    const own = ownConfigurations(whole)
    const record = withoutOwnConfigurations(whole)
    const tried = triedFeatures(record)
    const known = knownSystems(record)
    const least = tried.flatMap((feature) => minFor(feature, known) ?? [])
    const costs = extraCosts(record, known)
    return {
      verdict: [
        ...adviceOf(tried, least, known),
        ...evidence(least, known),
        ...costSentences(costs, (cost) => roundsIn(record, cost.scenario, cost.system)),
        ...(own.length === 0 ? [] : [leftOut(own)]),
      ],
      blocks: [systemTable(record, known), minTable(record, least, costs)],
      metrics: {},
    }
  },
}

function leftOut(labels: readonly string[]): string {
  const [are, them] = labels.length === 1 ? ['runs a configuration', 'it'] : ['run configurations', 'them']
  return `${list(labels)} ${are} of your own: nothing here rests on ${them}.`
}

function roundsIn({ scenarios }: RunRecord, id: string, system: string): number {
  const scenario = scenarios.find((each) => each.scenario.id === id)
  const label = scenario?.subjects.find((subject) => subject.system === system)?.label
  return scenario && label !== undefined ? roundsOf(scenario, label).length : 0
}

/** What this run saw of the least that does each feature; of a feature of which it saw nothing, who else showed it. */
function evidence(least: readonly Least[], known: readonly Known[]): readonly string[] {
  const of = (standing: Standing, among: readonly Least[] = least): string => {
    const seen = among.map(({ feature, systems }) => ({
      feature,
      labels: systems.flatMap(({ system, features }) => (features[feature].standing === standing ? [system] : [])),
    }))
    const groups = Map.groupBy(
      seen.filter(({ labels }) => labels.length > 0),
      ({ labels }) => (standing === 'failed' ? list(labels) : few(labels)),
    )
    return [...groups].map(([names, each]) => `${nouns(each.map(({ feature }) => feature))} in ${names}`).join('; ')
  }
  const unseen = least.filter(({ feature, systems }) =>
    systems.every(({ features }) => features[feature].standing !== 'shown'),
  )
  const [shown, failed, declared] = [of('shown'), of('failed'), of('declared')]
  const elsewhere = of(
    'shown',
    unseen.map((each) => ({ ...each, systems: known })),
  )
  return [
    shown === '' ? 'Nothing of this was shown in this run.' : `Shown in this run: ${shown}.`,
    ...(elsewhere === '' ? [] : [`Shown in this run, though with more than the least: ${elsewhere}.`]),
    ...(declared === '' ? [] : [`Declared, not run here: ${declared}.`]),
    ...(failed === '' ? [] : [`Declared, but a probe failed here: ${failed}. See Proof before you rely on it.`]),
  ]
}
