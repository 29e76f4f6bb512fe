/** Periods of the calendar. */
import { expect, test } from 'vitest'
import { countQuota } from '../../../src/systems/node-gateway/program/quotas.ts'

const at = (text: string): Date => new Date(`2026-${text}Z`)

test('a consumer has so many a day, in UTC, and is told how long the rest of it is', () => {
  const count = countQuota({ path: '/', requests: 2, period: 'day' })
  expect([1, 2].map(() => count('alice', at('11-29T23:59:30')))).toEqual([undefined, undefined])
  expect(count('alice', at('11-29T23:59:30'))).toBe(30)
  expect(count('bob', at('11-29T23:59:59'))).toBeUndefined()
  expect(count('alice', at('11-30T00:00:00'))).toBeUndefined()
})

test('a month begins anew on its first, and a refused request is not counted', () => {
  const count = countQuota({ path: '/', requests: 1, period: 'month' })
  expect(count('alice', at('12-30T00:00:00'))).toBeUndefined()
  expect([1, 2].map(() => count('alice', at('12-31T00:00:00')))).toEqual([86_400, 86_400])
  expect(count('alice', new Date('2027-01-01T00:00:00Z'))).toBeUndefined()
  expect(count('alice', new Date('2027-01-31T23:59:59Z'))).toBe(1)
})
