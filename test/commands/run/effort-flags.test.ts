import { expect, test } from 'vitest'
import {
  askedOf,
  budgetFrom,
  type EffortFlags,
  effortConflicts,
  effortOptions,
  idleOptions,
  precisionFrom,
} from '../../../src/commands/run/effort-flags.ts'

test.each<[string, EffortFlags, string]>([
  ['nothing', {}, ''],
  ['a look', { quick: true }, ' --quick'],
  ['for the record', { publish: true }, ' --publish'],
  ['a precision of its own', { precision: 0.025 }, ' --precision 2.5%'],
  ['a budget of its own', { budget: 90_000, publish: true }, ' --publish --budget 90s'],
  ['the usual, said', { precision: 0.05, budget: 60_000 }, ''],
  ['rounds', { rounds: 4 }, ' --rounds 4'],
])('%s: the options in the record ask for the same again', (_, flags, options) => {
  expect(effortOptions(askedOf(flags))).toBe(options)
})

test('shares and times are read, and refused where they make no sense', () => {
  expect([precisionFrom('5%'), precisionFrom(' 2.5 %')]).toEqual([0.05, 0.025])
  expect([budgetFrom('60s'), budgetFrom('5m')]).toEqual([60_000, 300_000])
  for (const wrong of ['5', '0.05', '0%', '60%', 'five']) expect(() => precisionFrom(wrong)).toThrow(/from 0.5% to 50%/)
  for (const wrong of ['60', '10ms', '2h', 'long']) expect(() => budgetFrom(wrong)).toThrow(/from 1s to 1h/)
})

test('what excludes each other is told all at once', () => {
  expect(effortConflicts({ quick: true, budget: 5000 })).toEqual([])
  expect(effortConflicts({ quick: true, publish: true, precision: 0.05, rounds: 3 })).toHaveLength(3)
})

test('--rounds says which scenarios it does not apply to, and nothing where it applies to all', () => {
  const scenarios = [
    { id: 'overhead', measure: 'slices' },
    { id: 'caching', measure: 'rounds' },
  ] as const
  expect(idleOptions({ rounds: 4 }, scenarios)).toEqual([
    expect.stringMatching(/^--rounds does not apply to overhead:/),
  ])
  expect(idleOptions({ rounds: 4 }, scenarios.slice(1))).toEqual([])
  expect(idleOptions({}, scenarios)).toEqual([])
})
