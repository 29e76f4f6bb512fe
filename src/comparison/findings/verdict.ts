/** The seed's question, answered from this run and from nothing else. */
import type { RunRecord, SubjectRecord } from '../../measurement/run-record.ts'
import { featureTitles, type PolicyFeature, policyFeatures } from '../../policy/features.ts'
import { formatMs, formatNumber } from '../../units.ts'
import { cell, list, table } from '../blocks.ts'
import type { Finding } from '../finding.ts'
import { latencyOf, medianOver, percentileMs, roundsOf, seriesOf } from '../rounds.ts'
import { cpuPerRequest } from './cpu.ts'

const question = 'Is an API gateway just a reverse proxy with extra features, and which of the two do I need?'

type Shown = 'shown' | 'failed' | 'absent'

interface Candidate {
  readonly label: string
  readonly kind: SubjectRecord['kind']
  readonly can: Readonly<Partial<Record<PolicyFeature, Shown>>>
}

export function verdictFinding(record: RunRecord): Finding {
  const used = policyFeatures.filter((feature) =>
    record.scenarios.some(({ scenario }) => scenario.policy[feature].length > 0),
  )
  const candidates = candidatesOf(record, used)
  const proxies = candidates.filter(({ kind }) => kind === 'proxy')
  const gateways = candidates.filter(({ kind }) => kind === 'gateway')
  const can = (each: readonly Candidate[], feature: PolicyFeature): boolean =>
    each.some((one) => one.can[feature] === 'shown')
  const both = used.filter((feature) => can(proxies, feature) && can(gateways, feature))
  const only = used.filter((feature) => !can(proxies, feature) && can(gateways, feature))
  const plain = plainScenario(record)
  const where = plain ? ` (${plain.scenario.id})` : ''
  return {
    id: 'verdict',
    scenario: null,
    title: 'Verdict',
    question,
    verdict: sentences(record, { proxies, gateways, both, only }),
    blocks: [
      table(
        'What each was seen to do, and what it cost',
        ['system', 'kind', ...used.map((feature) => feature), `>p50${where}`, `>CPU per request${where}`],
        candidates.map(({ label, kind, can: each }) => [
          label,
          kind === 'baseline' ? 'baseline' : kind,
          ...used.map((feature) => {
            if (each[feature] === 'shown') return cell('✓', 'good')
            return each[feature] === 'failed' ? cell('✗ failed', 'bad') : cell('–', 'muted')
          }),
          ...costOf(record, label),
        ]),
        `✓: every probe passed in this run. Costs are those of the scenario “${plain?.scenario.id ?? '–'}”. ${list(used.map((f) => featureTitles[f]))}.`,
      ),
    ],
    metrics: {},
  }
}

function candidatesOf({ scenarios }: RunRecord, used: readonly PolicyFeature[]): readonly Candidate[] {
  const subjects = scenarios.flatMap((scenario) => scenario.subjects.filter(({ state }) => state === 'measured'))
  const labels = [...new Set(subjects.map(({ label }) => label))]
  return labels.map((label) => {
    const own = subjects.filter((subject) => subject.label === label)
    const can = used.map((feature): readonly [PolicyFeature, Shown] => {
      const probes = own
        .flatMap(({ proof }) => proof)
        .filter((probe) => probe.feature === feature && probe.state !== 'skipped')
      if (probes.length === 0) return [feature, 'absent']
      return [feature, probes.every(({ state }) => state === 'passed') ? 'shown' : 'failed']
    })
    return { label, kind: own[0]!.kind, can: Object.fromEntries(can) }
  })
}

interface Answer {
  readonly proxies: readonly Candidate[]
  readonly gateways: readonly Candidate[]
  readonly both: readonly PolicyFeature[]
  readonly only: readonly PolicyFeature[]
}

function sentences(record: RunRecord, { proxies, gateways, both, only }: Answer): readonly string[] {
  const names = (features: readonly PolicyFeature[]): string => list(features.map((feature) => featureTitles[feature]))
  const labels = (each: readonly Candidate[]): string => list(each.map(({ label }) => label))
  if (proxies.length === 0 && gateways.length === 0)
    return ['Neither a proxy nor a gateway was measured: this run cannot answer the question.']
  if (proxies.length === 0)
    return [`Only gateways were measured (${labels(gateways)}): add a plain reverse proxy to compare.`]
  if (gateways.length === 0)
    return [`Only plain reverse proxies were measured (${labels(proxies)}): add a gateway to compare.`]
  const able = proxies.filter(({ can }) => both.every((feature) => can[feature] === 'shown'))
  return [
    only.length === 0
      ? `For what this run asked, yes: the plain reverse proxies did everything that the gateways did (${names(both)}).`
      : both.length === 0
        ? `In this run the two had nothing in common: only the gateways did ${names(only)}.`
        : `Largely: both did ${names(both)}; only the gateways did ${names(only)}.`,
    ...(both.length > 0 && able.length < proxies.length
      ? [`Not every proxy did all of that: ${labels(able)} did.`]
      : []),
    ...costSentence(record),
    only.length === 0
      ? 'If these features are all you need, a reverse proxy is enough.'
      : `You need a gateway, or code of your own in a proxy, if you need ${names(only)}; otherwise a reverse proxy is enough.`,
  ]
}

/** The scenario with the least policy: there a hop is measured and nothing else. */
function plainScenario({ scenarios }: RunRecord) {
  const lines = (policy: RunRecord['scenarios'][number]['scenario']['policy']): number =>
    policyFeatures.filter((feature) => policy[feature].length > 0).length
  return [...scenarios]
    .filter(({ rounds }) => rounds.length > 0)
    .sort((a, b) => lines(a.scenario.policy) - lines(b.scenario.policy))[0]
}

function costOf(record: RunRecord, label: string): readonly string[] {
  const plain = plainScenario(record)
  const rounds = plain ? roundsOf(plain, label) : []
  if (!plain || rounds.length === 0) return ['–', '–']
  const cpu = medianOver(rounds, cpuPerRequest('system'))
  const p50 = percentileMs(latencyOf(seriesOf(plain, rounds)), 50)
  return [formatMs(p50), Number.isFinite(cpu) ? `${formatNumber(cpu)} µs` : '–']
}

/** What every proxy does. */
const hop: readonly PolicyFeature[] = ['routes', 'balancing']

/** What the extras cost to run: each scenario's gateways against the same gateways in the plainest one. */
function costSentence(record: RunRecord): readonly string[] {
  const plain = plainScenario(record)
  // Against a scenario that has an extra of its own the difference would say nothing.
  if (!plain || policyFeatures.some((feature) => !hop.includes(feature) && plain.scenario.policy[feature].length > 0))
    return []
  const said = record.scenarios
    .filter((scenario) => scenario !== plain)
    .flatMap((scenario) => {
      const gateways = scenario.subjects.filter(
        ({ kind, label }) => kind === 'gateway' && roundsOf(scenario, label).length > 0,
      )
      const each = gateways.flatMap(({ label }) => {
        const before = medianOver(roundsOf(plain, label), cpuPerRequest('system'))
        const after = medianOver(roundsOf(scenario, label), cpuPerRequest('system'))
        return Number.isFinite(before) && Number.isFinite(after)
          ? [`${label} ${formatNumber(after)} µs for ${formatNumber(before)} µs`]
          : []
      })
      return each.length === 0 ? [] : [`${scenario.scenario.id}: ${list(each)}`]
    })
  return said.length === 0
    ? []
    : [`CPU per request, with the extra and in ${plain.scenario.id} without it: ${said.join('; ')}.`]
}
