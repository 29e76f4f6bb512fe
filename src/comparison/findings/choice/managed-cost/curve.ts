import { machinesBill, machinesFor, managedBill } from '../../../../prices/bill.ts'
import { type MachinePrice, nameWithStanding } from '../../../../prices/price.ts'
import type { MonthShape, Terms } from '../../../../prices/terms.ts'
import type { ChartBlock } from '../../../finding.ts'
import type { Managed, OwnMachines } from './choices.ts'

/** 1, 2 and 5 of every power of ten from a hundred thousand to a hundred billion. */
const places = [5, 6, 7, 8, 9, 10].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)).concat(1e11)

/** Both axes are logarithmic: a price by the request is a straight line, machines are a floor with steps. */
export function curve(
  managed: readonly Managed[],
  own: readonly OwnMachines[],
  machine: MachinePrice,
  month: MonthShape,
  terms: Terms,
  summary: string,
): ChartBlock {
  const at = (requests: number): MonthShape => ({ ...month, requests })
  return {
    kind: 'chart',
    shape: 'line',
    title: `What a month costs, on the service and on machines (${nameWithStanding(machine)})`,
    x: { title: 'requests a month', scale: 'log' },
    y: { title: `${machine.currency} a month`, scale: 'log' },
    series: [
      ...managed.map(({ api, name, bill }) => ({
        name,
        points: places.map((requests): [number, number] => [
          requests,
          managedBill(api, { ...at(requests), cacheGb: bill.cache > 0 ? month.cacheGb : null }, terms).total,
        ]),
      })),
      ...own.map(({ label, cpuUs }) => ({
        name: label,
        points: places.map((requests): [number, number] => [
          requests,
          machinesBill(machinesFor(requests, cpuUs.usual, machine, terms), machine, at(requests), terms).total,
        ]),
      })),
    ],
    summary,
  }
}
