/**
 * A decision as a record that can be kept beside the code it is about: context, priorities, options with what they rest on,
 * the decision, its consequences, and what was not looked at. Data, not markup.
 */
import type { RunRecord, ScenarioRecord } from '../../../../measurement/run-record.ts'
import { policyFeatures } from '../../../../policy/features/index.ts'
import { featureNouns, untriedNouns } from '../../../../policy/features/titles.ts'
import { nameWithStanding } from '../../../../prices/price.ts'
import type { Terms } from '../../../../prices/terms.ts'
import { kindInWords } from '../../../../systems/system.ts'
import { formatBytes, formatCount, formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { refusedShare } from '../../../answers.ts'
import { cell, few, list, note, nouns, plural, table } from '../../../blocks.ts'
import type { Cell, NoteBlock, TableBlock } from '../../../finding.ts'
import { gradeOf } from '../../../grade.ts'
import { machineOf } from '../managed-cost/choices.ts'
import { notInThePrice } from '../managed-cost/index.ts'
import { totalOf } from '../managed-cost/money.ts'
import { pricesTable } from '../managed-cost/tables.ts'
import type { Decision } from './decide.ts'
import { addedInWords, monthFor, type Option, pricedIn } from './options.ts'
import { consequencesOf, decisionSentences } from './sentences.ts'

export interface DecisionDocument {
  readonly title: string
  readonly sections: readonly DecisionSection[]
}

export interface DecisionSection {
  readonly title: string
  readonly sentences: readonly string[]
  readonly blocks: readonly DecisionBlock[]
}

export type DecisionBlock = TableBlock | NoteBlock

export function decisionDocument(record: RunRecord, decision: Decision, terms: Terms): DecisionDocument {
  const section = (
    title: string,
    sentences: readonly string[],
    ...blocks: readonly DecisionBlock[]
  ): DecisionSection => ({
    title,
    sentences,
    blocks,
  })
  const used = decision.options.flatMap(({ price }) => price?.bill.prices ?? [])
  return {
    title: `Decision: ${decision.priorities.title}`,
    sections: [
      section('Decision', [...decisionSentences(decision), ...tentative(record)]),
      section('Context', contextOf(record)),
      section('Priorities', [], prioritiesTable(decision)),
      section('Options', [], optionsTable(decision), whyTable(decision)),
      section('Consequences', consequencesOf(record, decision)),
      section(
        'What the price rests on',
        priceSentences(record, decision, terms),
        note(notInThePrice),
        pricesTable(
          'Prices',
          terms.prices.filter((price) => used.includes(price)),
        ),
      ),
      section('What was not looked at', notLookedAt(record, decision)),
    ],
  }
}

/** Where the run claims nothing of its figures, the decision is no firmer. */
function tentative(record: RunRecord): readonly string[] {
  if (gradeOf(record).kind !== 'look') return []
  return ['It rests on a look: what was proved holds, but CPU time and machines may turn out otherwise in a whole run.']
}

function contextOf(record: RunRecord): readonly string[] {
  const { sentence, doubt } = gradeOf(record)
  const { os, cpu, cores } = record.host
  return [
    `From run ${record.id} of ${record.startedAt.slice(0, 10)}: ${record.scenarios.map(({ scenario }) => scenario.id).join(', ')}, as ${record.runtime} on ${os} (${cpu}, ${plural(cores, 'core')}).`,
    `To repeat it: ${record.command}`,
    sentence,
    doubt,
  ].filter((each) => typeof each === 'string')
}

const operatorWords = { us: 'we do', vendor: 'a vendor, as a service', either: 'whoever does it for less' } as const
const codeWords = {
  none: 'none: directives and plugins only',
  scripts: 'scripts in a product',
  programs: 'whole programs',
} as const

function prioritiesTable({ priorities }: Decision): TableBlock {
  const { must, nice, requestsPerMonth, operatedBy, ownCode, addedLatencyMs } = priorities
  return table(
    'Priorities',
    ['what', 'wanted'],
    [
      ['has to do', nouns(must)],
      ['nice to have', nice.length > 0 ? nouns(nice) : 'nothing more'],
      ['requests a month', formatCount(requestsPerMonth)],
      ['who runs it', operatorWords[operatedBy]],
      ['code of one’s own', codeWords[ownCode]],
      [
        'added to the median answer',
        addedLatencyMs === undefined ? 'does not matter' : `${formatMs(addedLatencyMs)} at most`,
      ],
    ],
  )
}

const standings = {
  does: 'does it all',
  emulated: 'by its documents: emulated here',
  open: 'not known',
  out: 'out',
} as const

function optionsTable({ options, priorities }: Decision): TableBlock {
  const asked = policyFeatures.filter((each) => priorities.must.includes(each) || priorities.nice.includes(each))
  return table(
    'Options',
    ['system', 'kind', 'standing', ...asked.map((each) => featureNouns[each]), '>lines', '>CPU', '>added', '>a month'],
    options.map((option) => [
      option.system,
      kindInWords(option.kind),
      cell(standings[option.standing], toneOf(option)),
      ...asked.map((feature) => featureCell(option.features[feature])),
      option.lines
        ? `${option.lines.config}${option.lines.script > 0 ? ` + ${option.lines.script} of code` : ''}`
        : '–',
      option.kind === 'managed' ? 'emulated' : option.cpu ? `${formatNumber(option.cpu.usual)} µs` : '–',
      option.kind === 'managed' ? 'emulated' : option.added ? addedInWords(option.added) : '–',
      option.price ? totalOf(option.price.bill) : '–',
    ]),
    'Features: ✓ shown by every probe of this run, ✗ a probe failed, ? declared and not tried here, – not there. Lines: configuration and code, at most in one scenario. CPU: of a request, median of the rounds. Added: to the median answer, where the run may claim it. –: not measured.',
  )
}

function toneOf({ standing }: Option): Cell['tone'] {
  return standing === 'does' ? 'good' : standing === 'out' ? 'bad' : 'muted'
}

function featureCell({ level, standing }: Option['features'][keyof Option['features']]): Cell {
  switch (standing) {
    case 'shown':
      return cell(`✓ ${level}`, 'good')
    case 'failed':
      return cell(`✗ ${level}`, 'bad')
    case 'declared':
      return cell(`? ${level}`, 'muted')
    case 'none':
      return cell('–', 'muted')
    default:
      return standing satisfies never
  }
}

function whyTable({ options }: Decision): TableBlock {
  return table(
    'Why not, and what is open',
    ['system', 'why it is out', 'what this run leaves open'],
    options
      .filter(({ against, open }) => against.length + open.length > 0)
      .map(({ system, against, open }) => [system, against.join('; ') || '–', open.join('; ') || '–']),
  )
}

function priceSentences(record: RunRecord, { priorities, chosen }: Decision, terms: Terms): readonly string[] {
  const priced = pricedIn(record, priorities)
  const { assumptions } = terms
  const month = monthFor(priced, priorities)
  const unused = priced ? priorities.must.filter((feature) => priced.scenario.policy[feature].length === 0) : []
  return [
    `A month: ${formatCount(month.requests)} requests with answers of ${formatBytes(month.bodyBytes)}.`,
    priced
      ? `How many machines (${nameWithStanding(machineOf(terms))}) it takes follows from CPU per request in ${priced.scenario.id}: ${formatShare(assumptions.utilisation)} busy in the busiest hour, which has ${formatNumber(assumptions.peak)} times the mean; at least ${assumptions.leastMachines}; a vCPU does ${worthOf(assumptions.vcpuWorth)} a core of this machine.`
      : 'No scenario of this run was measured: no machine has a price here.',
    ...(unused.length > 0 ? [`What ${nouns(unused)} cost in CPU is not in it: that scenario does not use them.`] : []),
    ...(priced && chosen ? refusals(priced, chosen) : []),
    'The bills are arithmetic. Nothing of AWS was measured.',
  ]
}

/** `as much as`, `×0.8 of what` */
function worthOf(vcpuWorth: number): string {
  return vcpuWorth === 1 ? 'as much as' : `×${formatNumber(vcpuWorth)} of what`
}

/** A refusal costs little: traffic with fewer of them takes more. */
function refusals(priced: ScenarioRecord, { system }: Option): readonly string[] {
  const subject = priced.subjects.find((each) => each.system === system)
  const share = subject ? refusedShare(priced, subject) : 0
  if (!(share > 0)) return []
  return [
    `${formatShare(share)} of what ${system} answered there were refusals, which cost little: traffic with fewer takes more CPU.`,
  ]
}

function notLookedAt(record: RunRecord, { options, priorities }: Decision): readonly string[] {
  const absent = options.filter(({ lines }) => lines === null).map(({ system }) => system)
  const others = policyFeatures.filter((each) => !priorities.must.includes(each) && !priorities.nice.includes(each))
  return [
    ...(absent.length > 0 ? [`Not in this run: ${few(absent)}. What is said of them is what they declare.`] : []),
    `Not tried by any policy of EdgeLab: ${list(untriedNouns)}.`,
    ...(others.length > 0 ? [`Not asked for: ${nouns(others)}.`] : []),
    `Other machines than the one of this run (${record.host.cores} cores), other traffic than that of its scenarios, and what a year of running each is like.`,
  ]
}
