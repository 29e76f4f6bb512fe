/**
 * The question that EdgeLab is for. The advice follows from what every known system declares, so that it does not depend
 * on which of them happened to run; what this run showed, and what it cost, stands beside it.
 */
import type { RunRecord } from '../../measurement/run-record.ts'
import { featureNouns, type PolicyFeature, policyFeatures } from '../../policy/features.ts'
import { formatMs, formatNumber } from '../../units.ts'
import { answersOf, whyWithheld } from '../answers.ts'
import { cell, list, nouns, table } from '../blocks.ts'
import type { Cell, Finding, TableBlock } from '../finding.ts'
import { latencyOf, medianOver, percentileMs, roundsOf, seriesOf } from '../rounds.ts'
import { adviceOf } from '../verdict/advice.ts'
import { costInShort, costSentence, type ExtraCost, extraCosts } from '../verdict/extra-cost.ts'
import { type Known, knownSystems, type Least, minFor, type Standing, triedFeatures } from '../verdict/standing.ts'
import { cpuPerRequest } from './cpu.ts'

export function verdictFinding(record: RunRecord): Finding {
  const tried = triedFeatures(record)
  const known = knownSystems(record)
  const least = tried.flatMap((feature) => minFor(feature, known) ?? [])
  const costs = extraCosts(record, known)
  return {
    id: 'verdict',
    scenario: null,
    title: 'Verdict',
    question: 'Is an API gateway just a reverse proxy with extra features, and which of the two do I need?',
    verdict: [
      ...adviceOf(tried, least, known),
      ...evidence(least),
      ...costs.map((cost) => costSentence(cost, roundsIn(record, cost.scenario, cost.system))),
    ],
    blocks: [systemTable(record, known), minTable(record, least, costs)],
    metrics: {},
  }
}

/** What this run saw of the least that does each feature. */
function evidence(least: readonly Least[]): readonly string[] {
  const of = (standing: Standing): string => {
    const seen = least.map(({ feature, systems }) => ({
      feature,
      labels: systems.flatMap(({ system, features }) => (features[feature].standing === standing ? [system] : [])),
    }))
    const groups = Map.groupBy(
      seen.filter(({ labels }) => labels.length > 0),
      ({ labels }) => list(labels),
    )
    return [...groups].map(([names, each]) => `${nouns(each.map(({ feature }) => feature))} in ${names}`).join('; ')
  }
  const [shown, failed, declared] = [of('shown'), of('failed'), of('declared')]
  return [
    shown === '' ? 'Nothing of this was shown in this run.' : `Shown in this run: ${shown}.`,
    ...(declared === '' ? [] : [`Declared, not run here: ${declared}.`]),
    ...(failed === '' ? [] : [`Declared, but a probe failed here: ${failed}. See Proof before you rely on it.`]),
  ]
}

function systemTable(record: RunRecord, known: readonly Known[]): TableBlock {
  const plain = plainScenario(record)
  const where = plain ? ` (${plain.scenario.id})` : ''
  return table(
    'What every known system declares, and what this run showed',
    [
      'system',
      'kind',
      ...policyFeatures.map((feature) => featureNouns[feature]),
      `>p50${where}`,
      `>CPU per request${where}`,
    ],
    [
      ['direct', 'baseline', ...policyFeatures.map(() => cell('–', 'muted')), ...hopCost(record, 'direct')],
      ...known.map((each) => [
        each.system,
        each.kind,
        ...policyFeatures.map((feature) => standingCell(each.features[feature])),
        ...hopCost(record, each.system),
      ]),
    ],
    'native: a directive or an option; plugin: a module or library made for it; script: code of one’s own. ' +
      '✓ shown: every probe passed in this run; ✗ failed: at least one did not; not run here: it says so, and this run did not try it; ' +
      '–: it does not claim it; by choice: we left it out, so it is no evidence against proxies.',
  )
}

function standingCell({ level, byChoice, standing }: Known['features'][PolicyFeature]): Cell {
  switch (standing) {
    case 'shown':
      return cell(`✓ ${level}`, 'good')
    case 'failed':
      return cell(`✗ ${level}, failed`, 'bad')
    case 'declared':
      return cell(`${level}, not run here`, 'muted')
    case 'none':
      return cell(byChoice ? '– by choice' : '–', 'muted')
    default:
      return standing satisfies never
  }
}

function minTable(record: RunRecord, least: readonly Least[], costs: readonly ExtraCost[]): TableBlock {
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
        `${level} in ${list(systems.map(({ system }) => system))} (${kind})`,
        lines.length > 0 ? lines.join('; ') : '–',
        own.length > 0 ? own.map(costInShort).join('; ') : '–',
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

/** The scenario with the least policy: there a hop is measured and nothing else. */
function plainScenario({ scenarios }: RunRecord) {
  const lines = (policy: RunRecord['scenarios'][number]['scenario']['policy']): number =>
    policyFeatures.filter((feature) => policy[feature].length > 0).length
  return [...scenarios]
    .filter(({ rounds }) => rounds.length > 0)
    .sort((a, b) => lines(a.scenario.policy) - lines(b.scenario.policy))[0]
}

function hopCost(record: RunRecord, system: string): readonly string[] {
  const plain = plainScenario(record)
  const subject = plain?.subjects.find((each) => each.system === system)
  const rounds = plain && subject ? roundsOf(plain, subject.label) : []
  if (!plain || !subject || rounds.length === 0) return ['–', '–']
  if (whyWithheld(answersOf(plain, subject)) !== undefined) return ['withheld', 'withheld']
  const cpu = medianOver(rounds, cpuPerRequest('system'))
  const p50 = percentileMs(latencyOf(seriesOf(plain, rounds)), 50)
  return [formatMs(p50), Number.isFinite(cpu) ? `${formatNumber(cpu)} µs` : '–']
}

function roundsIn({ scenarios }: RunRecord, id: string, system: string): number {
  const scenario = scenarios.find((each) => each.scenario.id === id)
  const label = scenario?.subjects.find((subject) => subject.system === system)?.label
  return scenario && label !== undefined ? roundsOf(scenario, label).length : 0
}
