/** Each known system against a reader's priorities: what it does, what it lacks, what it costs, what nobody knows of it. */
import { emulatedWords } from '../../../../measurement/emulated.ts'
import type { RunRecord, ScenarioRecord } from '../../../../measurement/run-record.ts'
import type { PolicyFeature } from '../../../../policy/features/index.ts'
import { featureNouns } from '../../../../policy/features/titles.ts'
import type { Bill } from '../../../../prices/bill.ts'
import type { MonthShape, Terms } from '../../../../prices/terms.ts'
import { formatMs } from '../../../../units.ts'
import { answersOf, whyWithheld } from '../../../answers.ts'
import { nouns, plural } from '../../../blocks.ts'
import { fittingOf, machineOf, managedChoices, type OwnMachines, ownChoices } from '../managed-cost/choices.ts'
import { leastCacheGb, meanBody } from '../managed-cost/month.ts'
import { type Known, knownSystems } from '../verdict/standing.ts'
import { type Added, addedLatency } from './added-latency.ts'
import type { Priorities } from './priorities.ts'

export interface Option {
  readonly system: string
  readonly kind: string
  readonly features: Known['features']
  /** Nice-to-haves that it was shown to do. */
  readonly extras: readonly PolicyFeature[]
  /** At most in one scenario of the run; null where it took no part. */
  readonly lines: { readonly config: number; readonly script: number } | null
  /** What is paid for, and the sum; null where nobody knows how many machines it takes. */
  readonly price: { readonly what: string; readonly bill: Bill } | null
  readonly cpu: OwnMachines['cpuUs'] | null
  readonly added: Added | undefined
  /** Why it is out, as clauses. */
  readonly against: readonly string[]
  /** What this run leaves open, as clauses. */
  readonly open: readonly string[]
  /** does: all of it, shown in this run. */
  readonly standing: 'does' | 'emulated' | 'open' | 'out'
}

/** The scenario whose policy asks for most of what is a must: from its CPU time the number of machines follows. */
export function pricedIn({ scenarios }: RunRecord, { must }: Priorities): ScenarioRecord | undefined {
  const measured = scenarios.filter(({ rounds }) => rounds.length > 0)
  const used = ({ scenario }: ScenarioRecord): number =>
    must.filter((feature) => scenario.policy[feature].length > 0).length
  return measured.toSorted((a, b) => used(b) - used(a))[0]
}

export function monthFor(priced: ScenarioRecord | undefined, priorities: Priorities): MonthShape {
  const { requestsPerMonth, bodyBytes, cacheGb, must } = priorities
  return {
    requests: requestsPerMonth,
    bodyBytes: bodyBytes ?? (priced ? meanBody(priced) : 0),
    cacheGb: must.includes('cache') ? (cacheGb ?? leastCacheGb) : null,
  }
}

export function optionsOf(record: RunRecord, priorities: Priorities, terms: Terms): readonly Option[] {
  const priced = pricedIn(record, priorities)
  const month = monthFor(priced, priorities)
  const machine = machineOf(terms)
  const own = priced ? ownChoices(priced, month, machine, terms) : []
  const service = fittingOf(managedChoices(priorities.must, month, terms))
  return knownSystems(record).map((known) => {
    const { system, kind, features } = known
    const label = priced?.subjects.find((each) => each.system === system)?.label
    const machines = own.find((each) => each.label === label)
    const added = addedLatency(record, system)
    const price =
      kind === 'managed'
        ? { what: service.name, bill: service.bill }
        : machines
          ? { what: `${plural(machines.machines.usual, 'machine')} (${machine.name})`, bill: machines.bill }
          : null
    const against = [...lacking(known, priorities), ...notWanted(known, priorities), ...tooSlow(added, priorities)]
    const open = [
      ...unshown(known, priorities),
      ...misbehaved(record, system),
      ...latencyOpen(added, priorities),
      ...(price ? [] : ['what it takes in machines, as its CPU time was not measured']),
    ]
    return {
      system,
      kind,
      features,
      extras: priorities.nice.filter((feature) => features[feature].standing === 'shown'),
      lines: linesOf(record, system),
      price,
      cpu: machines?.cpuUs ?? null,
      added,
      against,
      open: kind === 'managed' ? [...open, emulatedWords] : open,
      standing: against.length > 0 ? 'out' : kind === 'managed' ? 'emulated' : open.length > 0 ? 'open' : 'does',
    }
  })
}

function lacking({ features }: Known, { must }: Priorities): readonly string[] {
  const without = must.filter((feature) => features[feature].standing === 'none')
  const failed = must.filter((feature) => features[feature].standing === 'failed')
  return [
    ...(without.length > 0 ? [`it has no ${without.map((each) => featureNouns[each]).join(' and no ')}`] : []),
    ...(failed.length > 0 ? [`a probe of its ${nouns(failed)} failed in this run`] : []),
  ]
}

function notWanted({ kind, features }: Known, { must, operatedBy, ownCode }: Priorities): readonly string[] {
  const scripted = must.filter((feature) => features[feature].level === 'script')
  const isProgram = kind === 'self-built'
  return [
    ...(operatedBy === 'us' && kind === 'managed' ? ['a vendor runs it'] : []),
    ...(operatedBy === 'vendor' && kind !== 'managed' ? ['it is yours to run'] : []),
    ...(isProgram && ownCode !== 'programs' ? ['it is a program of your own'] : []),
    ...(!isProgram && scripted.length > 0 && ownCode === 'none'
      ? [`it takes scripts of your own for ${nouns(scripted)}`]
      : []),
  ]
}

function tooSlow(added: Added | undefined, { addedLatencyMs }: Priorities): readonly string[] {
  if (!added || addedLatencyMs === undefined || added.low <= addedLatencyMs) return []
  return [`it adds ${addedInWords(added)} to the median answer`]
}

function latencyOpen(added: Added | undefined, { addedLatencyMs }: Priorities): readonly string[] {
  if (addedLatencyMs === undefined) return []
  if (!added) return ['what it adds to the median answer: this run may claim nothing of it']
  const spans = added.low <= addedLatencyMs && added.high > addedLatencyMs
  return spans ? [`whether it adds more than ${formatMs(addedLatencyMs)}: it is ${addedInWords(added)}`] : []
}

/** `0.12 to 0.31 ms` */
export function addedInWords({ low, high }: Added): string {
  return `${formatMs(Math.max(0, low))} to ${formatMs(Math.max(0, high))}`
}

function unshown({ features }: Known, { must }: Priorities): readonly string[] {
  const declared = must.filter((feature) => features[feature].standing === 'declared')
  return declared.length > 0 ? [`whether it does ${nouns(declared)} as it says: no probe of this run tried it`] : []
}

/** Started and failed, or answered other than its scenario expects. */
function misbehaved({ scenarios }: RunRecord, system: string): readonly string[] {
  return scenarios.flatMap((scenario) =>
    scenario.subjects
      .filter((subject) => subject.system === system)
      .flatMap((subject) => {
        const { id } = scenario.scenario
        if (subject.state === 'failed') return [`why it failed in ${id}: ${subject.reason}`]
        const measured = scenario.rounds.some(({ label }) => label === subject.label)
        const why = measured ? whyWithheld(answersOf(scenario, subject)) : undefined
        return why === undefined ? [] : [`why in ${id} ${why}`]
      }),
  )
}

function linesOf({ scenarios }: RunRecord, system: string): Option['lines'] {
  const all = scenarios.flatMap(({ subjects }) =>
    subjects.filter((each) => each.system === system && each.state !== 'unavailable').map(({ effort }) => effort),
  )
  if (all.length === 0) return null
  return {
    config: Math.max(...all.map(({ configLines }) => configLines)),
    script: Math.max(...all.map(({ scriptLines }) => scriptLines)),
  }
}
