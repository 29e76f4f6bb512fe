/** A quota as people write it. */
import { expect, test } from 'vitest'
import { features } from '../../../../src/policy/features/index.ts'

const read = (limit: unknown) => features.quota.input.safeParse([{ path: '/shop', limit }])

test.each([
  ['1000/day', { requests: 1000, period: 'day' }],
  ['30M/month', { requests: 30_000_000, period: 'month' }],
  ['1.5k / month', { requests: 1500, period: 'month' }],
])('%s', (text, limit) => {
  expect(read(text).data).toEqual([{ path: '/shop', limit }])
})

test.each(['1000', '0/day', '-1/day', '10/s', '10/week', '10/day/day', '1.5/day', 1000, null])(
  '%j is none',
  (limit) => {
    expect(read(limit).error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/is not a quota: write 1000\/day or 30M\/month, at least 1$/),
    ])
  },
)
