import type { Assumptions } from '../../../../prices/assumptions.ts'
import { amountInWords, type MachinePrice, nameWithStanding, type Price, pricesOf } from '../../../../prices/price.ts'
import type { MonthShape, Terms } from '../../../../prices/terms.ts'
import { formatNumber, formatShare } from '../../../../units.ts'
import { cell, nouns, plural, table } from '../../../blocks.ts'
import type { Cell, TableBlock } from '../../../finding.ts'
import { againstInWords, againstOf } from './against.ts'
import type { Managed, OwnMachines } from './choices.ts'
import { money, totalOf } from './money.ts'
import { monthInWords } from './month.ts'

export function billsTable(
  month: MonthShape,
  managed: readonly Managed[],
  own: readonly OwnMachines[],
  machine: MachinePrice,
): TableBlock {
  return table(
    `The bill of ${monthInWords(month)}`,
    ['choice', 'what is paid for', '>requests or machines', '>cache', '>data sent', '>a month', 'of this policy'],
    [
      ...managed.map(({ name, bill, lacks }) => [
        name,
        'requests',
        money(bill.requests, bill.currency),
        bill.cache > 0 ? money(bill.cache, bill.currency) : '–',
        money(bill.transfer, bill.currency),
        totalOf(bill),
        wholeness(lacks, []),
      ]),
      ...own.map(({ label, bill, machines, cpuUs, lacks, fails }) => [
        label,
        `${countInWords(machines)} (${machine.name}) for ${formatNumber(cpuUs.usual)} µs a request, ${formatNumber(cpuUs.least)} – ${formatNumber(cpuUs.most)}`,
        money(bill.requests, bill.currency),
        '–',
        money(bill.transfer, bill.currency),
        totalOf(bill),
        wholeness(lacks, fails),
      ]),
    ],
    'Arithmetic from prices and, for machines, from this run’s CPU per request: the median of its rounds, with the least and the most. Nothing of AWS was measured; its free tier, which ends after a year, is not counted. ' +
      '(unconfirmed): rests on a price that the vendor’s own text could not confirm; see the prices below.',
  )
}

function wholeness(lacks: Managed['lacks'], fails: OwnMachines['fails']): Cell {
  if (fails.length > 0) return cell(`fails ${nouns(fails)}`, 'bad')
  return lacks.length > 0 ? cell(`lacks ${nouns(lacks)}`, 'bad') : cell('all of it')
}

/** `2 machines`, `3 to 4 machines` */
function countInWords({ least, usual, most }: OwnMachines['machines']): string {
  return least === most ? plural(usual, 'machine') : `${least} to ${most} machines`
}

export function breakEvenTable(
  managed: readonly Managed[],
  own: readonly OwnMachines[],
  month: MonthShape,
  terms: Terms,
): TableBlock {
  const machines = pricesOf(terms.prices, 'machine')
  return table(
    'From how many requests a month on machines cost less',
    ['on', 'against', ...own.map(({ label }) => `>${label}`)],
    machines.flatMap((machine) =>
      managed.map((each) => [
        nameWithStanding(machine),
        each.name,
        ...own.map((system) => againstInWords(againstOf(each, machine, system, month, terms))),
      ]),
    ),
    'From the least to the most CPU per request of its rounds; one figure where the noise makes no difference, as with so few requests the least number of machines is enough.',
  )
}

export function usedPrices(used: readonly Price[], { prices }: Terms): TableBlock {
  return pricesTable(
    'The prices that this rests on',
    prices.filter((price) => price.of === 'machine' || used.includes(price)),
  )
}

/** Each with where and when it was read, and by whom. */
export function pricesTable(title: string, prices: readonly Price[]): TableBlock {
  return table(
    title,
    ['name', 'what', '>price', 'per', 'region', 'read', 'standing', 'source'],
    prices.map((price) => [
      price.name,
      price.what,
      amountInWords(price),
      price.per,
      price.region,
      price.date,
      cell(price.standing, price.standing === 'unconfirmed' ? 'muted' : undefined),
      price.source,
    ]),
    'confirmed: in the vendor’s own text; unconfirmed: somebody else says so; yours: from your file. To give others: --prices FILE.',
  )
}

export function assumptionsTable({ assumptions }: Terms): TableBlock {
  return table(
    'What is assumed',
    ['assumption', '>value', 'what it means'],
    rowsOf(assumptions),
    'Each can be set under assume: in a file for --prices.',
  )
}

function rowsOf(each: Assumptions): readonly (readonly string[])[] {
  return [
    ['utilisation', formatShare(each.utilisation), 'how busy the CPUs of a machine may be in the busiest hour'],
    ['peak', `×${formatNumber(each.peak)}`, 'the busiest hour, by the mean of the month'],
    ['leastMachines', String(each.leastMachines), 'one may fail or restart'],
    [
      'vcpuWorth',
      `×${formatNumber(each.vcpuWorth)}`,
      'what a vCPU does, by what the core did on which this run was measured',
    ],
    ['hoursPerMonth', String(each.hoursPerMonth), 'machines and caches are paid for around the clock'],
  ]
}
