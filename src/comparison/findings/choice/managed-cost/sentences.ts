import { capacityOf } from '../../../../prices/bill.ts'
import { type MachinePrice, nameWithStanding, pricesOf } from '../../../../prices/price.ts'
import type { MonthShape, Terms } from '../../../../prices/terms.ts'
import { formatCount, formatNumber } from '../../../../units.ts'
import { nouns, spelled } from '../../../blocks.ts'
import { againstInWords, againstOf } from './against.ts'
import type { Managed, OwnMachines } from './choices.ts'
import { totalOf } from './money.ts'
import { monthInWords } from './month.ts'

export interface Compared {
  readonly month: MonthShape
  readonly fitting: Managed
  /** The cheapest that does the whole policy; undefined where none was measured that does. */
  readonly best: OwnMachines | undefined
  readonly machine: MachinePrice
  readonly terms: Terms
}

export function sentencesOf({ month, fitting, best, machine, terms }: Compared): readonly string[] {
  const lacks = fitting.lacks.length > 0 ? `, which lacks ${nouns(fitting.lacks)},` : ''
  const asked = `${capital(monthInWords(month))} cost ${totalOf(fitting.bill)} on ${fitting.name}${lacks}`
  if (!best) {
    return [
      `${asked}; no system whose CPU time was measured did the whole policy, so machines have no price here.`,
      arithmetic,
    ]
  }
  const on = `${spelled(best.machines.usual)} machines (${machine.name})`
  return [
    `${asked} and ${totalOf(best.bill)} on ${on} with ${best.label}.`,
    breakEvenSentence({ month, fitting, machine, terms }, best),
    carried(best, machine, terms),
    arithmetic,
    ...otherMachines({ month, fitting, machine, terms }, best),
  ]
}

const arithmetic =
  'This is arithmetic from price lists: nothing of AWS was measured, and its price rises with every request while a machine’s does not.'

export function breakEvenSentence(
  { month, fitting, machine, terms }: Omit<Compared, 'best'>,
  best: OwnMachines,
): string {
  const where = againstInWords(againstOf(fitting, machine, best, month, terms))
  if (where.startsWith('never'))
    return `Machines (${nameWithStanding(machine)}) never cost less than ${fitting.name}, up to a trillion requests a month.`
  return `Machines (${nameWithStanding(machine)}) cost less from ${where} requests a month on, against ${fitting.name}.`
}

/** What the least number of machines carries: there the measured noise shows. */
function carried({ label, cpuUs }: OwnMachines, { vcpus }: MachinePrice, { assumptions }: Terms): string {
  const { leastMachines } = assumptions
  const all = (us: number): string => formatCount(leastMachines * capacityOf(us, vcpus, assumptions))
  const [few, many] = [all(cpuUs.most), all(cpuUs.least)]
  const range = few === many ? few : `${few} to ${many}`
  return `${capital(spelled(leastMachines))} of them carry ${range} requests a month, as one cost ${label} ${formatNumber(cpuUs.usual)} µs of CPU in this run.`
}

function otherMachines(compared: Omit<Compared, 'best'>, best: OwnMachines): readonly string[] {
  const { machine, terms } = compared
  return pricesOf(terms.prices, 'machine')
    .filter((each) => each !== machine)
    .map((each) => breakEvenSentence({ ...compared, machine: each }, best))
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`
}
