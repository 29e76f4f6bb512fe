import { expect, test } from 'vitest'
import { policyRecord } from '../../src/policy/record.ts'
import { emptyPolicy } from './empty-policy.ts'

const policy = { ...emptyPolicy, routes: [{ path: '/', origin: 'shop' }] }

test('lines of a feature that is not known stay as they were recorded', () => {
  const recorded = { ...policy, hello: [{ path: '/', words: 'good day' }] }
  expect(policyRecord.parse(recorded)).toEqual(recorded)
})

test('a line that its feature does not know is refused', () => {
  const wrong = { ...policy, rateLimit: [{ path: '/', ratePerSecond: 0, burst: 1, per: 'planet' }] }
  const paths = policyRecord.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'))
  expect(paths).toEqual(['rateLimit.0.ratePerSecond', 'rateLimit.0.per'])
  expect(policyRecord.safeParse({ ...policy, hello: 'no lines' }).success).toBe(false)
})
