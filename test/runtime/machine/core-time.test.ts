import { expect, test } from 'vitest'
import { busyShare, coreTimes } from '../../../src/runtime/machine/core-time.ts'

const before = `cpu  300 0 100 1600 0 0 0 0 0 0
cpu0 200 0 50 700 50 0 0 0 0 0
cpu1 100 0 50 900 0 0 0 0 0 0
intr 1
`
/** Core 0: of 100 ticks more 60 user, 10 system, 5 stolen, 20 idle, 5 waiting for a disk; core 1: of 100 all idle. */
const after = `cpu  360 0 110 1720 5 0 0 5 0 0
cpu0 260 0 60 720 55 0 0 5 0 0
cpu1 100 0 50 1000 0 0 0 0 0 0
intr 2
`

test('the share of cores in use: what was idle or waited for a disk is not, what a neighbour stole is', () => {
  const [from, to] = [coreTimes(before), coreTimes(after)]
  expect(busyShare(from, to, [0])).toBeCloseTo(0.75)
  expect(busyShare(from, to, [1])).toBe(0)
  expect(busyShare(from, to, [0, 1])).toBeCloseTo(0.375)
})

test('nobody tells: no platform, no assigned cores, no tick in between', () => {
  const from = coreTimes(before)
  expect(coreTimes('')).toBeNull()
  expect(busyShare(null, from, [0])).toBeNull()
  expect(busyShare(from, coreTimes(after), null)).toBeNull()
  expect(busyShare(from, from, [0])).toBeNull()
})

test.runIf(process.platform === 'linux')('this machine tells, and its cores only ever add up', () => {
  const [from, to] = [coreTimes()!, coreTimes()!]
  expect(from.size).toBeGreaterThan(0)
  for (const [core, { busy, all }] of from) {
    expect(busy).toBeLessThanOrEqual(all)
    expect(to.get(core)!.all).toBeGreaterThanOrEqual(all)
  }
})
