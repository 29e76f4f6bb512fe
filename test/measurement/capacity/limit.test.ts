import { expect, test } from 'vitest'
import { limitsOf } from '../../../src/measurement/capacity/limit.ts'

/** Shares of a core that each used of a step of a second. */
const step = (
  system: number | null,
  origins: number | null,
  driver: number | null,
  others: number | null = null,
  sender: number | null = null,
) => {
  const ns = (share: number | null): number | null => share && share * 1e9
  return {
    account: {
      wallMs: 1000,
      answered: 100,
      cpuNs: { system: ns(system), origins: ns(origins), driver: ns(driver) },
      busy: { driver: sender, others },
    },
  }
}
const two = { cores: { driver: [1], others: [0] }, instances: 2 }
const eight = { cores: { driver: [7], others: [0, 1, 2, 3, 4, 5, 6] }, instances: 2 }

test('on two cores the system and its origins share one', () => {
  expect(limitsOf(step(0.5, 0.45, 0.4), two)).toEqual(['shared'])
  expect(limitsOf(step(0.2, 0.2, 0.4), two)).toEqual(['none'])
  expect(limitsOf(step(null, 0.95, 0.4), two)).toEqual(['origins'])
})

test('a full driver is told first, beside whoever else was full', () => {
  expect(limitsOf(step(0.2, 0.2, 0.95), two)).toEqual(['driver'])
  expect(limitsOf(step(0.5, 0.45, 0.95), two)).toEqual(['driver', 'shared'])
})

test('a core that other programs filled is told as theirs', () => {
  expect(limitsOf(step(0.4, 0.3, 0.4, 0.98), two)).toEqual(['foreign'])
  expect(limitsOf(step(0.5, 0.45, 0.4, 0.98), two)).toEqual(['shared'])
  expect(limitsOf(step(0.5, 0.45, 0.4, 0.98, 0.98), two)).toEqual(['shared', 'foreign'])
})

test('on many cores each has its own', () => {
  expect(limitsOf(step(0.97, 0.5, 0.4), eight)).toEqual(['system'])
  expect(limitsOf(step(0.5, 1.9, 0.4), eight)).toEqual(['origins'])
  expect(limitsOf(step(0.5, 0.97, 0.4), eight)).toEqual(['none'])
})

test('where nobody tells, nothing is said', () => {
  expect(limitsOf(step(0.5, null, 0.4), two)).toEqual(['untold'])
  expect(limitsOf(step(0.5, 0.5, 0.4), { ...two, cores: { driver: null, others: null } })).toEqual(['untold'])
})
