/** What every known system declares, what this run showed of it, and what one hop through it costs. */
import { emulatedWords, isEmulated } from '../../../../measurement/emulated.ts'
import type { RunRecord } from '../../../../measurement/run-record.ts'
import { type PolicyFeature, policyFeatures } from '../../../../policy/features/index.ts'
import { featureNouns } from '../../../../policy/features/titles.ts'
import { kindInWords } from '../../../../systems/system.ts'
import { formatMs } from '../../../../units.ts'
import { answersOf, ofKind, refusedShare, whyWithheld } from '../../../answers.ts'
import { cell, cpuInWords, table } from '../../../blocks.ts'
import type { Cell, TableBlock } from '../../../finding.ts'
import { cpuPerRequest, latencyOf, medianOver, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'
import type { Known } from './standing.ts'

export function systemTable(record: RunRecord, known: readonly Known[]): TableBlock {
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
        kindInWords(each.kind),
        ...policyFeatures.map((feature) => standingCell(each.features[feature])),
        ...hopCost(record, each.system),
      ]),
    ],
    'native: a directive or an option; plugin: a module or library made for it; script: code of one’s own. ' +
      '✓ shown: every probe passed in this run; ✗ failed: at least one did not; not run here: it says so, and this run did not try it; ' +
      '–: it does not claim it; by choice: it could, and was left out' +
      `${known.some(({ kind }) => kind === 'self-built') ? '; self-built: a program of one’s own, from libraries' : ''}` +
      `${known.some(isEmulated) ? `; ${emulatedWords}` : ''}.`,
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

/** The scenario with the least policy: there a hop is measured and nothing else. */
function plainScenario({ scenarios }: RunRecord) {
  const lines = (policy: RunRecord['scenarios'][number]['scenario']['policy']): number =>
    policyFeatures.filter((feature) => policy[feature].length > 0).length
  return [...scenarios]
    .filter(({ rounds, scenario }) => rounds.length > 0 && scenario.measure !== 'capacity')
    .sort((a, b) => lines(a.scenario.policy) - lines(b.scenario.policy))[0]
}

function hopCost(record: RunRecord, system: string): readonly string[] {
  const plain = plainScenario(record)
  const subject = plain?.subjects.find((each) => each.system === system)
  const rounds = plain && subject ? roundsOf(plain, subject.label) : []
  if (!plain || !subject || rounds.length === 0) return ['–', '–']
  if (isEmulated(subject)) return ['emulated', 'emulated']
  if (whyWithheld(answersOf(plain, subject)) !== undefined) return ['withheld', 'withheld']
  const cpu = medianOver(rounds, cpuPerRequest('system'))
  const p50 = percentileMs(latencyOf(seriesOf(plain, rounds, ofKind('accepted', plain, subject))), 50)
  return [formatMs(p50), cpuInWords(cpu, refusedShare(plain, subject))]
}
