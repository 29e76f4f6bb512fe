import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capacityOf, machinesBill, machinesFor, managedBill } from '../../src/prices/bill.ts'
import { breakEven } from '../../src/prices/break-even.ts'
import { type MachinePrice, pricesOf } from '../../src/prices/price.ts'
import { usualTerms } from '../../src/prices/terms.ts'

const machines = pricesOf(usualTerms.prices, 'machine')
const requests = fc.integer({ min: 1, max: 1e12 })
const bodyBytes = fc.integer({ min: 0, max: 5_000_000 })
const cpuUs = fc.double({ min: 5, max: 20_000, noNaN: true })
const api = fc.constantFrom('rest' as const, 'http' as const)
const cacheGb = fc.constantFrom(null, 0.5, 237)
const machine = fc.constantFrom<MachinePrice>(...machines)

describe('bills', () => {
  test('more requests never cost less, and the next one costs no more than the first', () => {
    fc.assert(
      fc.property(api, requests, requests, bodyBytes, cacheGb, (which, a, b, body, cache) => {
        const shape = { bodyBytes: body, cacheGb: cache }
        const total = (n: number) => managedBill(which, { ...shape, requests: n }, usualTerms).total
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(total(more)).toBeGreaterThanOrEqual(total(less))
        expect(total(more) - total(less)).toBeLessThanOrEqual((more - less) * (total(1) - total(0)) * (1 + 1e-6) + 1e-6)
      }),
    )
  })

  test('as many machines as their busiest hour takes, and not one more', () => {
    fc.assert(
      fc.property(requests, cpuUs, machine, (n, us, rented) => {
        const count = machinesFor(n, us, rented, usualTerms)
        const each = capacityOf(us, rented.vcpus, usualTerms.assumptions)
        expect(count).toBeGreaterThanOrEqual(2)
        expect(count * each).toBeGreaterThanOrEqual(n * (1 - 1e-9))
        if (count > 2) expect((count - 1) * each).toBeLessThan(n * (1 + 1e-9))
      }),
    )
  })

  test('a core that is busy 100 µs a request, half used, in a peak of three times the mean: 4.38 billion a month', () => {
    // 1 / 100 µs = 10,000 a second; half of that, by three, over 730 hours.
    expect(capacityOf(100, 1, usualTerms.assumptions)).toBeCloseTo((5000 / 3) * 730 * 3600, 0)
  })
})

describe('the break-even', () => {
  const saved = (which: 'rest' | 'http', rented: MachinePrice, us: number, body: number, cache: number | null) => {
    return (n: number) => {
      const shape = { requests: n, bodyBytes: body, cacheGb: cache }
      const own = machinesBill(machinesFor(n, us, rented, usualTerms), rented, shape, usualTerms).total
      return managedBill(which, shape, usualTerms).total - own
    }
  }

  test('one request fewer and the service costs no more; with it, machines cost less', () => {
    fc.assert(
      fc.property(api, machine, cpuUs, bodyBytes, cacheGb, (which, rented, us, body, cache) => {
        const { from, forGood } = breakEven(which, rented, us, { bodyBytes: body, cacheGb: cache }, usualTerms)
        const gain = saved(which, rented, us, body, cache)
        if (from === null) {
          expect(forGood).toBe(false)
          return
        }
        // Sums of floats: a cent of a cent.
        expect(gain(from)).toBeGreaterThan(-1e-4)
        if (from > 1) expect(gain(from - 1)).toBeLessThan(1e-4)
      }),
    )
  })

  test('nothing below it favours machines; where it is for good, nothing above it favours the service', () => {
    fc.assert(
      fc.property(api, machine, cpuUs, bodyBytes, requests, (which, rented, us, body, n) => {
        const { from, forGood } = breakEven(which, rented, us, { bodyBytes: body, cacheGb: null }, usualTerms)
        const gain = saved(which, rented, us, body, null)(n)
        if (from === null || n < from) expect(gain).toBeLessThan(1e-4)
        else if (forGood) expect(gain).toBeGreaterThan(-1e-4)
      }),
    )
  })

  test('two machines of 59.57 USD each against 3.50 USD a million: 34.04 million requests', () => {
    const ec2 = machines.find(({ name }) => name === 'vm-ec2')!
    const { from, forGood } = breakEven('rest', ec2, 50, { bodyBytes: 900, cacheGb: null }, usualTerms)
    expect(from).toBe(Math.floor(((2 * 0.0816 * 730) / 3.5) * 1e6) + 1)
    expect(forGood).toBe(true)
  })
})
