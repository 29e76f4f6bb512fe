import { describe, expect, test } from 'vitest'
import { recognise, type Step } from '../../../../src/policy/features/rate-limit/algorithm.ts'
import { askedLater } from '../../../../src/policy/features/rate-limit/kept-busy.ts'
import { seededRandom } from '../../../../src/scenario/schedule/random.ts'

const burst = 10
const ratePerSecond = 20
const windowMs = (burst / ratePerSecond) * 1000

/** One request at a time: whether it passes, and how long it is held back. */
type Limiter = (atMs: number) => { readonly passes: boolean; readonly heldMs: number }

/** A tank that drips: `delays` lets what came too early wait for its turn, up to the size of the tank. */
function bucket(delays: boolean): Limiter {
  let fullUntil = Number.NEGATIVE_INFINITY
  const drip = 1000 / ratePerSecond
  return (atMs) => {
    const turn = Math.max(fullUntil, atMs)
    const heldMs = turn - atMs
    if (heldMs > (burst - 1) * drip + 1e-9) return { passes: false, heldMs: 0 }
    fullUntil = turn + drip
    return { passes: true, heldMs: delays ? heldMs : 0 }
  }
}

function byClock(phaseMs: number): Limiter {
  const counts = new Map<number, number>()
  return (atMs) => {
    const window = Math.floor((atMs + phaseMs) / windowMs)
    const count = counts.get(window) ?? 0
    if (count < burst) counts.set(window, count + 1)
    return { passes: count < burst, heldMs: 0 }
  }
}

function fromTheFirst(): Limiter {
  let beganMs = Number.NEGATIVE_INFINITY
  let count = 0
  return (atMs) => {
    if (atMs - beganMs >= windowMs) [beganMs, count] = [atMs, 0]
    count += 1
    return { passes: count <= burst, heldMs: 0 }
  }
}

function log(): Limiter {
  let passedAt: number[] = []
  return (atMs) => {
    passedAt = passedAt.filter((each) => each > atMs - windowMs)
    if (passedAt.length >= burst) return { passes: false, heldMs: 0 }
    passedAt.push(atMs)
    return { passes: true, heldMs: 0 }
  }
}

function weighted(phaseMs: number): Limiter {
  const counts = new Map<number, number>()
  return (atMs) => {
    const place = (atMs + phaseMs) / windowMs
    const window = Math.floor(place)
    const before = (counts.get(window - 1) ?? 0) * (1 - (place - window))
    const now = counts.get(window) ?? 0
    if (before + now + 1 > burst) return { passes: false, heldMs: 0 }
    counts.set(window, now + 1)
    return { passes: true, heldMs: 0 }
  }
}

/** As the probe asks, each step up to `lateMs` later than planned. */
function asked(limiter: Limiter, seed: number, lateMs: number): { steps: readonly Step[]; spreadMs: number } {
  const random = seededRandom(seed)
  const plan = [{ afterMs: 0, count: 20 }, ...askedLater(burst, windowMs)]
  const held: number[] = []
  const steps = plan.map(({ afterMs, count }, at) => {
    const atMs = 5000 + afterMs + random() * lateMs
    const answers = Array.from({ length: count }, () => limiter(atMs))
    if (at === 0) held.push(...answers.filter(({ passes }) => passes).map(({ heldMs }) => heldMs))
    return { atMs, asked: count, passed: answers.filter(({ passes }) => passes).length }
  })
  return { steps, spreadMs: Math.max(...held) - Math.min(...held) }
}

const seeds = Array.from({ length: 40 }, (_, n) => n + 1)

describe.each<readonly [name: string, of: (seed: number) => Limiter, algorithm: string]>([
  ['a bucket of tokens', () => bucket(false), 'token bucket'],
  ['a bucket that lets requests wait', () => bucket(true), 'leaky bucket'],
  ['windows by the clock', (seed) => byClock((seed * windowMs) / 41), 'fixed window'],
  ['windows that begin with a request', () => fromTheFirst(), 'fixed window'],
  ['a log of what passed', () => log(), 'sliding window'],
])('%s', (_, of, algorithm) => {
  test.each([0, 25])('is recognised where steps are up to %i ms late', (lateMs) => {
    const seen = seeds.map((seed) => {
      const { steps, spreadMs } = asked(of(seed), seed, lateMs)
      return recognise(steps, ratePerSecond, spreadMs).algorithms
    })
    expect(seen.filter((algorithms) => !algorithms.some((each) => each === algorithm))).toEqual([])
    // Some borders of windows lie so that the answers of another one are the same.
    expect(seen.filter(({ length }) => length > 1).length).toBeLessThanOrEqual(2)
  })
})

test('two weighted windows are a sliding window, and where the flood ends one may be a token bucket as well', () => {
  for (const seed of seeds) {
    const { steps, spreadMs } = asked(weighted((seed * windowMs) / 41), seed, 10)
    const { algorithms } = recognise(steps, ratePerSecond, spreadMs)
    expect(algorithms).toContain('sliding window')
    expect(algorithms.filter((each) => each !== 'token bucket')).toEqual(['sliding window'])
  }
})

test('what lets through by lot, everything or nothing is none of them', () => {
  const random = seededRandom(3)
  const lot: Limiter = () => ({ passes: random() < 0.5, heldMs: 0 })
  for (const limiter of [lot, () => ({ passes: false, heldMs: 0 })]) {
    const { steps, spreadMs } = asked(limiter, 1, 0)
    expect(recognise(steps, ratePerSecond, spreadMs).algorithms).toEqual([])
  }
  const all = asked(() => ({ passes: true, heldMs: 0 }), 1, 0)
  expect(recognise(all.steps, ratePerSecond, 0).otherwise).toBeGreaterThan(0)
})

test('a token bucket that a busy machine fills late stays one; where two fit about alike, both are named', () => {
  const later = askedLater(burst, windowMs)
  const seen = (passed: readonly number[]): readonly Step[] => [
    { atMs: 0, asked: 20, passed: burst },
    ...later.map(({ afterMs, count }, at) => ({ atMs: afterMs, asked: count, passed: passed[at]! })),
  ]
  // As a busy Envoy, HAProxy and node-gateway answered.
  const envoy = recognise(seen([0, 0, 2, 1, 2, 2, 1, 2, 10, 1]), ratePerSecond, 0)
  expect(envoy.algorithms).toContain('token bucket')
  expect(recognise(seen([0, 0, 0, 0, 0, 0, 4, 4, 3, 2]), ratePerSecond, 0).algorithms).toEqual(['sliding window'])
  expect(recognise(seen([0, 0, 0, 0, 0, 0, 4, 4, 10, 0]), ratePerSecond, 0).algorithms).toEqual(['fixed window'])
})
