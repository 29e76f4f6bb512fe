import { expect, test } from 'vitest'
import { flagsOf, isRepeated, latePercentile, type Watched } from '../../src/measurement/guards.ts'

const calm: Watched = {
  driverBusy: 0.2,
  lateUs: 300,
  failures: {},
  unexpected: 0,
  disturbance: { stolenMs: 0, coreMs: 200, throttled: 0 },
}

test('a calm slice has no flag', () => {
  expect(flagsOf(calm)).toEqual([])
})

test.each<[string, Partial<Watched>]>([
  ['driver busy', { driverBusy: 0.61 }],
  ['driver late', { lateUs: 5001 }],
  ['CPU stolen', { disturbance: { stolenMs: 30, coreMs: 200, throttled: 0 } }],
  ['CPU throttled', { disturbance: { stolenMs: 0, coreMs: 200, throttled: 1 } }],
  ['requests failed', { failures: { reset: 1 } }],
  ['this machine ran out', { failures: { local: 1 } }],
  ['unexpected answers', { unexpected: 1 }],
])('%s', (flag, change) => {
  expect(flagsOf({ ...calm, ...change })).toEqual([flag])
})

test('one tick of stolen time may have been due before the slice began', () => {
  expect(flagsOf({ ...calm, disturbance: { stolenMs: 10, coreMs: 50, throttled: 0 } })).toEqual([])
})

test('a flagged slice is measured once more, but not for what was so in the block before', () => {
  expect(isRepeated([], [])).toBe(false)
  expect(isRepeated(['driver late'], [])).toBe(true)
  expect(isRepeated(['unexpected answers'], ['unexpected answers'])).toBe(false)
  expect(isRepeated(['unexpected answers', 'driver late'], ['unexpected answers'])).toBe(true)
})

test('of few requests a few may be late: their p99 is the very latest of them', () => {
  expect([50, 100, 300, 1000].map(latePercentile)).toEqual([94, 97, 99, 99])
  expect([1, 3].map(latePercentile)).toEqual([0, 0])
})
