/**
 * Convenience against control, with the price: what a month of the scenario's traffic costs as a managed service, and on
 * machines whose number follows from the CPU time that a request took in this run. The bill is arithmetic, and says so.
 */
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord } from '../../../../measurement/run-record.ts'
import { type Terms, usualTerms } from '../../../../prices/terms.ts'
import { note } from '../../../blocks.ts'
import type { Drawn, ScenarioFinding } from '../../module.ts'
import { againstOf } from './against.ts'
import { fittingOf, machineOf, managedChoices, type OwnMachines, ownChoices, usedFeatures } from './choices.ts'
import { curve } from './curve.ts'
import { monthOf } from './month.ts'
import { quotaNotes } from './quotas.ts'
import { breakEvenSentence, sentencesOf } from './sentences.ts'
import { assumptionsTable, billsTable, breakEvenTable, usedPrices } from './tables.ts'

const noCpu = 'its CPU time could not be read, or it did not answer as the scenario expects'

export const managedCost: ScenarioFinding<'managed-cost'> = {
  id: 'managed-cost',
  of: 'scenario',
  title: 'Bill',
  question: 'What does this traffic cost as a managed service, and from how much on do machines cost less?',
  feature: null,
  metrics: [
    {
      name: 'monthlyCost',
      unit: 'a month',
      meaning:
        'the month’s bill, in the currency of the prices; of AWS API Gateway that of the kind that fits the policy',
      missing: noCpu,
    },
    {
      name: 'machines',
      unit: 'machines',
      meaning: 'how many of the assumed machine the busiest hour takes',
      missing: noCpu,
    },
    {
      name: 'breakEvenRequests',
      unit: 'requests',
      meaning: 'from so many requests a month on its machines cost less than the service',
      missing: `${noCpu}; or machines never cost less`,
    },
  ],
  applies: ({ month, traffic }) =>
    month !== undefined && (month.requests !== undefined || traffic.some(({ kind }) => kind !== 'closed')),
  draw,
}

export const notInThePrice =
  'Not in the price: the people who set up, watch and update either; on-call; what spreads requests among machines; certificates; protection against floods (DDoS) and a firewall; logs and metrics; the origins themselves; taxes, discounts and commitments.'

function draw(record: ScenarioRecord, terms: Terms = usualTerms): Drawn {
  const month = monthOf(record, terms.assumptions)
  const machine = machineOf(terms)
  const managed = managedChoices(usedFeatures(record), month, terms)
  const fitting = fittingOf(managed)
  const own = ownChoices(record, month, machine, terms)
  const best = own.find(doesAll)
  const compared = { month, fitting, best, machine, terms }
  const emulated = record.subjects.filter(isEmulated)
  return {
    verdict: sentencesOf(compared),
    blocks: [
      billsTable(month, managed, own, machine),
      ...(best
        ? [
            curve(managed, ends(own), machine, month, terms, breakEvenSentence(compared, best)),
            breakEvenTable(managed, ends(own), month, terms),
          ]
        : []),
      ...quotaNotes(record, month, terms),
      assumptionsTable(terms),
      note(notInThePrice),
      usedPrices([...managed.flatMap(({ bill }) => bill.prices), ...own.flatMap(({ bill }) => bill.prices)], terms),
    ],
    metrics: Object.fromEntries([
      ...own.map((each) => {
        const { from } = againstOf(fitting, machine, each, month, terms).usual
        const { bill, machines, label } = each
        const figures = { monthlyCost: bill.total, machines: machines.usual }
        return [label, from === null ? figures : { ...figures, breakEvenRequests: from }]
      }),
      ...emulated.map(({ label }) => [label, { monthlyCost: fitting.bill.total }]),
    ]),
  }
}

function doesAll({ lacks, fails }: OwnMachines): boolean {
  return lacks.length + fails.length === 0
}

/** The one that takes least CPU and the one that takes most: all others lie between them. */
function ends(own: readonly OwnMachines[]): readonly OwnMachines[] {
  const sorted = own.toSorted((a, b) => a.cpuUs.usual - b.cpuUs.usual)
  return sorted.length > 2 ? [sorted[0]!, sorted.at(-1)!] : sorted
}
