import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attempts } from '../../../../src/workshop/host/limits/attempts.ts'
import { buckets } from '../../../../src/workshop/host/limits/buckets.ts'

test('never more than the burst and what has flowed in since', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 20 }), (between, burst, perSecond) => {
      const { take } = buckets({ burst, perSecond })
      let now = 1_000_000
      let taken = 0
      for (const gap of between) {
        now += gap
        if (take('a', now) === 0) taken += 1
      }
      expect(taken).toBeLessThanOrEqual(burst + ((now - 1_000_000) / 1000) * perSecond + 1e-6)
    }),
  )
})

test('who waits as long as was said gets one, and others are not concerned', () => {
  const { take } = buckets({ burst: 2, perSecond: 4 })
  expect([take('a', 0), take('a', 0)]).toEqual([0, 0])
  const wait = take('a', 0)
  expect(wait).toBe(250)
  expect(take('b', 0)).toBe(0)
  expect(take('a', wait - 1)).toBeGreaterThan(0)
  expect(take('a', wait)).toBe(0)
})

test('as many keys as fit: the one that was not used for longest is forgotten', () => {
  const { take } = buckets({ burst: 1, perSecond: 0.001 }, 2)
  take('a', 0)
  take('b', 0)
  expect(take('b', 0)).toBeGreaterThan(0)
  take('c', 0)
  expect(take('b', 0)).toBeGreaterThan(0)
  expect(take('a', 0)).toBe(0)
})

test('wrong passcodes lock their address, longer and longer; a right one before that forgives them', () => {
  const tried = attempts()
  const locks = Array.from({ length: 12 }, (_, index) => tried.wrong('a', index * 1_000_000))
  expect(locks.map((ms) => ms / 1000)).toEqual([1, 1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300])
  expect(tried.waitOf('a', 11_000_000)).toBe(300_000)
  expect(tried.waitOf('b', 11_000_000)).toBe(0)
  tried.right('a')
  expect(tried.wrong('a', 12_000_000)).toBe(1000)
})

test('wrong passcodes from many addresses lock joining for all, so that guessing together is no faster', () => {
  const tried = attempts()
  let guesses = 0
  // A thousand addresses, a guess each in every second of an hour.
  for (let second = 0; second < 3600; second += 1) {
    for (let address = 0; address < 1000; address += 1) {
      if (tried.waitOf(`${second}.${address}`, second * 1000) > 0) continue
      tried.wrong(`${second}.${address}`, second * 1000)
      guesses += 1
    }
  }
  expect(guesses).toBeGreaterThan(1000)
  expect(guesses).toBeLessThanOrEqual(30 + 3600 / 3)
  expect(tried.waitOf('somebody else', 3599_000)).toBeGreaterThan(0)
})
