/** From how many requests a month on machines of one's own cost less than a managed service. */
import { capacityOf, countedAs, type ManagedApi, machinesBill, machinesFor, managedBill } from './bill.ts'
import { type MachinePrice, pricesOf } from './price.ts'
import type { MonthShape, Terms } from './terms.ts'

export interface BreakEven {
  /** The fewest requests a month with which machines cost less; null: up to `furthest` they never do. */
  readonly from: number | null
  /** With every larger number up to `furthest`, too. */
  readonly forGood: boolean
}

/** A trillion requests in a month: 380,000 in every second. */
export const furthest = 1e12

/** More machines than this are no question of price lists. */
const mostMachines = 2000

/**
 * Both bills are made of straight pieces, with corners where a tier is full and steps where another machine is needed:
 * between two of these a line is crossed at most once, and exactly there.
 */
export function breakEven(
  api: ManagedApi,
  machine: MachinePrice,
  cpuUs: number,
  shape: Omit<MonthShape, 'requests'>,
  terms: Terms,
): BreakEven {
  const saved = (requests: number): number => {
    const month = { ...shape, requests }
    const count = machinesFor(requests, cpuUs, machine, terms)
    return managedBill(api, month, terms).total - machinesBill(count, machine, month, terms).total
  }
  const places = cornersOf(api, machine, cpuUs, shape, terms)
  const first = places.findIndex((place) => saved(place) > 0)
  if (first < 0) return { from: null, forGood: false }
  const forGood = places.slice(first).every((place) => saved(place) > 0)
  if (first === 0) return { from: 1, forGood }
  const [before, here] = [places[first - 1]!, places[first]!]
  const [loss, gain] = [-saved(before), saved(here)]
  return { from: Math.floor(before + ((here - before) * loss) / (loss + gain)) + 1, forGood }
}

/** Every number of requests at which one of the bills changes its slope or jumps, and the one after it. */
function cornersOf(
  api: ManagedApi,
  machine: MachinePrice,
  cpuUs: number,
  { bodyBytes }: Omit<MonthShape, 'requests'>,
  { prices, assumptions }: Terms,
): readonly number[] {
  const perGb = 2 ** 30 / Math.max(1, bodyBytes)
  const capacity = capacityOf(cpuUs, machine.vcpus, assumptions)
  const counts = Array.from({ length: mostMachines }, (_, n) => assumptions.leastMachines + n)
  const corners = [
    ...ends(pricesOf(prices, api).map(({ millions }) => (millions === undefined ? undefined : millions * 1e6))).map(
      (end) => end / countedAs(api, bodyBytes),
    ),
    ...ends(pricesOf(prices, 'transfer').map(({ gb }) => gb)).map((gb) => gb * perGb),
    ...counts.map((count) => count * capacity),
    ...(machine.transfer ? counts.map((count) => count * machine.transfer!.gb * perGb) : []),
  ]
  const whole = corners.flatMap((corner) => [Math.floor(corner), Math.floor(corner) + 1])
  return [1, ...new Set(whole), furthest].filter((each) => each >= 1 && each <= furthest).toSorted((a, b) => a - b)
}

/** Where each tier is full, from their sizes. */
function ends(sizes: readonly (number | undefined)[]): readonly number[] {
  const known = sizes.filter((size) => size !== undefined)
  return known.map((_, at) => known.slice(0, at + 1).reduce((sum, size) => sum + size, 0))
}
