/** The arithmetic of a month's bill. Nothing of it is measured but the CPU time of a request, which a caller hands in. */
import type { MachinePrice, Price } from './price.ts'
import { pricesOf } from './price.ts'
import type { MonthShape, Terms } from './terms.ts'

/** http: no keys, no limits per client, no cache. */
export type ManagedApi = 'rest' | 'http'

export interface Bill {
  readonly requests: number
  readonly cache: number
  readonly transfer: number
  readonly total: number
  readonly currency: string
  /** Every price that it rests on. */
  readonly prices: readonly Price[]
}

const gigabyte = 2 ** 30

const httpIncrement = 512 * 1024

/** As how many requests one is billed: an HTTP API counts it once for every 512 KB that were begun. */
export function countedAs(api: ManagedApi, bodyBytes: number): number {
  return api === 'http' ? Math.max(1, Math.ceil(bodyBytes / httpIncrement)) : 1
}

/** What AWS API Gateway asks for a month. The free tier, which ends after a year, is not counted. */
export function managedBill(api: ManagedApi, shape: MonthShape, { prices, assumptions }: Terms): Bill {
  const cachePrice =
    api === 'rest' && shape.cacheGb !== null
      ? pricesOf(prices, 'cache').find(({ gb }) => gb === shape.cacheGb)
      : undefined
  const requests = tiered(
    (shape.requests * countedAs(api, shape.bodyBytes)) / 1e6,
    pricesOf(prices, api).map((price) => ({ price, size: price.millions })),
  )
  const sent = transferred(shape, prices)
  const cache = cachePrice ? cachePrice.amount * assumptions.hoursPerMonth : 0
  return {
    requests: requests.sum,
    cache,
    transfer: sent.sum,
    total: requests.sum + cache + sent.sum,
    currency: requests.used[0]!.currency,
    prices: [...requests.used, ...(cachePrice ? [cachePrice] : []), ...sent.used],
  }
}

/** How many machines the busiest hour takes, where a request costs `cpuUs` microseconds of CPU. */
export function machinesFor(requests: number, cpuUs: number, { vcpus }: MachinePrice, { assumptions }: Terms): number {
  return Math.max(assumptions.leastMachines, Math.ceil(requests / capacityOf(cpuUs, vcpus, assumptions)))
}

/** Requests in a month that one machine carries. */
export function capacityOf(
  cpuUs: number,
  vcpus: number,
  { hoursPerMonth, utilisation, peak, vcpuWorth }: Terms['assumptions'],
): number {
  const perSecond = (vcpus * vcpuWorth * utilisation * 1e6) / cpuUs
  return (perSecond / peak) * hoursPerMonth * 3600
}

/** What so many machines ask for a month. */
export function machinesBill(
  count: number,
  machine: MachinePrice,
  shape: MonthShape,
  { prices, assumptions }: Terms,
): Bill {
  const monthly = machine.per === 'month' ? machine.amount : machine.amount * assumptions.hoursPerMonth
  const gb = (shape.requests * shape.bodyBytes) / gigabyte
  const sent = machine.transfer
    ? { sum: Math.max(0, gb - count * machine.transfer.gb) * machine.transfer.beyond, used: [] }
    : transferred(shape, prices)
  return {
    requests: count * monthly,
    cache: 0,
    transfer: sent.sum,
    total: count * monthly + sent.sum,
    currency: machine.currency,
    prices: [machine, ...sent.used],
  }
}

function transferred({ requests, bodyBytes }: MonthShape, prices: readonly Price[]): Tiered {
  return tiered(
    (requests * bodyBytes) / gigabyte,
    pricesOf(prices, 'transfer').map((price) => ({ price, size: price.gb })),
  )
}

interface Tiered {
  readonly sum: number
  readonly used: readonly Price[]
}

/** Each price for what lies within its tier; the last tier has no end. The first counts as used even where nothing is. */
function tiered(
  amount: number,
  tiers: readonly { readonly price: Price; readonly size: number | undefined }[],
): Tiered {
  let left = amount
  let sum = 0
  const used: Price[] = []
  for (const { price, size = Number.POSITIVE_INFINITY } of tiers) {
    if (left <= 0 && used.length > 0) break
    const within = Math.min(left, size)
    sum += within * price.amount
    left -= within
    used.push(price)
  }
  return { sum, used }
}
