/** What the same month costs in each of the ways to have it: the service's two kinds, and each system on machines. */
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { claimsFeature } from '../../../../measurement/run-record.ts'
import { type PolicyFeature, policyFeatures } from '../../../../policy/features/index.ts'
import { type Bill, type ManagedApi, machinesBill, machinesFor, managedBill } from '../../../../prices/bill.ts'
import { type MachinePrice, pricesOf } from '../../../../prices/price.ts'
import type { MonthShape, Terms } from '../../../../prices/terms.ts'
import { declarations } from '../../../../systems/declarations.ts'
import { answersOf, whyWithheld } from '../../../answers.ts'
import { cpuPerRequest, disproved, measuredSystems, medianOver, roundsOf } from '../../../rounds.ts'

export interface Managed {
  readonly api: ManagedApi
  readonly name: string
  /** Features of the policy that it does not have. */
  readonly lacks: readonly PolicyFeature[]
  readonly bill: Bill
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html */
const notInHttpApis: readonly PolicyFeature[] = ['cache', 'apiKey', 'rateLimit', 'transform', 'quota']

/** `used`: what the traffic needs of them. */
export function managedChoices(used: readonly PolicyFeature[], month: MonthShape, terms: Terms): readonly Managed[] {
  const support = declarations().find(({ system }) => system === 'aws-api-gateway')?.support ?? {}
  const lacking = used.filter((feature) => !claimsFeature(support, feature))
  const uncached = { ...month, cacheGb: null }
  const caches = used.filter((feature) => feature === 'cache')
  return [
    {
      api: 'http',
      name: 'AWS HTTP API',
      lacks: used.filter((feature) => lacking.includes(feature) || notInHttpApis.includes(feature)),
      bill: managedBill('http', uncached, terms),
    },
    { api: 'rest', name: 'AWS REST API', lacks: [...lacking, ...caches], bill: managedBill('rest', uncached, terms) },
    ...(month.cacheGb === null
      ? []
      : ([
          {
            api: 'rest',
            name: `AWS REST API, cache of ${month.cacheGb} GB`,
            lacks: lacking,
            bill: managedBill('rest', month, terms),
          },
        ] as const)),
  ]
}

/** The cheapest of those that lack the least: what machines are to be held against. */
export function fittingOf(managed: readonly Managed[]): Managed {
  return managed.toSorted((a, b) => a.lacks.length - b.lacks.length || a.bill.total - b.bill.total)[0]!
}

export interface OwnMachines {
  readonly label: string
  /** CPU per request in this run, µs: the median of its rounds, the least and the most of them. */
  readonly cpuUs: { readonly usual: number; readonly least: number; readonly most: number }
  /** Features of the policy that it does not have, and those of which a probe failed. */
  readonly lacks: readonly PolicyFeature[]
  readonly fails: readonly PolicyFeature[]
  readonly machines: { readonly usual: number; readonly least: number; readonly most: number }
  readonly bill: Bill
}

export function usedFeatures({ scenario }: ScenarioRecord): readonly PolicyFeature[] {
  return policyFeatures.filter((feature) => scenario.policy[feature].length > 0)
}

/** Cheapest first; of systems whose CPU was measured and that answered as the scenario expects. */
export function ownChoices(
  record: ScenarioRecord,
  month: MonthShape,
  machine: MachinePrice,
  terms: Terms,
): readonly OwnMachines[] {
  return candidates(record)
    .map((subject): OwnMachines => {
      const cpuUs = cpuOf(record, subject.label)
      const count = (us: number): number => machinesFor(month.requests, us, machine, terms)
      const used = usedFeatures(record)
      const machines = { usual: count(cpuUs.usual), least: count(cpuUs.least), most: count(cpuUs.most) }
      return {
        label: subject.label,
        cpuUs,
        lacks: used.filter((feature) => !claimsFeature(subject.support, feature)),
        fails: used.filter((feature) => disproved(subject, feature)),
        machines,
        bill: machinesBill(machines.usual, machine, month, terms),
      }
    })
    .toSorted((a, b) => a.bill.total - b.bill.total || a.cpuUs.usual - b.cpuUs.usual)
}

function candidates(record: ScenarioRecord): readonly SystemRecord[] {
  return measuredSystems(record).filter(
    (subject) =>
      subject.kind !== 'baseline' &&
      subject.duplicateOf === undefined &&
      !isEmulated(subject) &&
      Number.isFinite(cpuOf(record, subject.label).usual) &&
      whyWithheld(answersOf(record, subject)) === undefined,
  )
}

function cpuOf(record: ScenarioRecord, label: string): OwnMachines['cpuUs'] {
  const rounds = roundsOf(record, label)
  const each = rounds.map(cpuPerRequest('system')).filter((us) => us !== null)
  return { usual: medianOver(rounds, cpuPerRequest('system')), least: Math.min(...each), most: Math.max(...each) }
}

/** The machine that is held against the service: the one that is assumed. */
export function machineOf({ prices, assumptions }: Terms): MachinePrice {
  const machines = pricesOf(prices, 'machine')
  return machines.find(({ name }) => name === assumptions.machine) ?? machines[0]!
}
