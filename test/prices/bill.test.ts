import { describe, expect, test } from 'vitest'
import { managedBill } from '../../src/prices/bill.ts'
import { usualTerms } from '../../src/prices/terms.ts'

const kilobyte = 1024

/** Worked examples of https://aws.amazon.com/api-gateway/pricing/ and what its rates give, computed by hand. */
describe('the tiers of AWS', () => {
  test('five million calls of a REST API with answers of 3 KB: 17.50 USD, and 14.3 GB for 1.29 USD', () => {
    const bill = managedBill('rest', { requests: 5e6, bodyBytes: 3 * kilobyte, cacheGb: null }, usualTerms)
    expect(bill.requests).toBeCloseTo(17.5, 6)
    expect(bill.transfer).toBeCloseTo(1.29, 2)
    expect(bill.total).toBeCloseTo(18.79, 2)
    expect(bill.cache).toBe(0)
  })

  test('21 billion calls of a REST API fill three tiers: what an estimator makes of AWS’s price list', () => {
    const bill = managedBill('rest', { requests: 21e9, bodyBytes: 0, cacheGb: null }, usualTerms)
    expect(bill.requests).toBeCloseTo(1165.5 + 1867.6 + 45_220 + 1510, 6)
    expect(bill.prices.map(({ name }) => name)).toEqual([
      'aws-rest-1',
      'aws-rest-2',
      'aws-rest-3',
      'aws-rest-4',
      'aws-transfer',
    ])
  })

  test('216 million calls of an HTTP API with 1 MB each are metered as 432 million: 300 + 118.80 USD', () => {
    const bill = managedBill('http', { requests: 216e6, bodyBytes: 1024 * kilobyte, cacheGb: null }, usualTerms)
    expect(bill.requests).toBeCloseTo(300 + 132 * 0.9, 6)
  })

  test('a cache of 1.6 GB costs 0.038 USD an hour, whoever asks', () => {
    const bill = managedBill('rest', { requests: 1, bodyBytes: 0, cacheGb: 1.6 }, usualTerms)
    expect(bill.cache).toBeCloseTo(0.038 * 730, 6)
    expect(managedBill('http', { requests: 1, bodyBytes: 0, cacheGb: 1.6 }, usualTerms).cache).toBe(0)
  })
})
