import { describe, expect, test } from 'vitest'
import { driftOf } from '../../../src/measurement/slices/drift.ts'
import { pooledQuantile, pooledRatio, requestsNeeded } from '../../../src/measurement/slices/pooled.ts'
import { normals } from '../../comparison/record-parts.ts'
import { sliceOf, slicesOf } from './slices-of.ts'

const accepted = new Set([0])

describe('quantiles of the pool', () => {
  test('take a hundred requests beyond them', () => {
    expect([0.9, 0.99, 0.999].map(requestsNeeded)).toEqual([1000, 10_000, 100_000])
  })

  test('are of all slices together, not a mean of theirs', () => {
    const ten = Array.from({ length: 10 }, (_, block) =>
      sliceOf('nginx', 0, block, {
        answers: [{ class: 0, latencyUs: Array.from({ length: 1000 }, (_, n) => block * 1000 + n + 1) }],
      }),
    )
    expect(pooledQuantile(slicesOf(ten), 'nginx', accepted, 0.99).us).toBeCloseTo(9900.01)
    expect(pooledQuantile(slicesOf(ten.slice(1)), 'nginx', accepted, 0.99)).toEqual({
      us: undefined,
      requests: 9000,
      needed: 10_000,
    })
  })
})

describe('ratios of quantiles', () => {
  /** Log-normal durations; those of nginx are 30 % longer, and starts are luckier or not by `betweenStarts`. */
  const slices = (normal: () => number, starts: number, betweenStarts: number) =>
    Array.from({ length: starts }, (_, start) =>
      ['nginx', 'direct'].flatMap((label) => {
        const offset = Math.log(label === 'nginx' ? 390 : 300) + betweenStarts * normal()
        const latencyUs = Array.from({ length: 300 }, () => Math.exp(offset + 0.4 * normal()))
        return sliceOf(label, start, 0, { answers: [{ class: 0, latencyUs }] })
      }),
    ).flat()

  test('hold the true one as often as they say', () => {
    const normal = normals(5)
    const runs = 400
    const intervals = Array.from({ length: runs }, () =>
      pooledRatio(slicesOf(slices(normal, 6, 0.05)), ['nginx', 'direct'], accepted, 0.9),
    )
    const held = intervals.filter((each) => each && each.low <= 1.3 && each.high >= 1.3)
    // Three standard errors of a share of 400 are 3.3 %.
    expect(held.length / runs).toBeGreaterThan(0.917)
    expect(held.length / runs).toBeLessThan(0.983)
  })

  test('of too few requests there are none, nor of a block that one side lacks', () => {
    const few = slicesOf(slices(normals(1), 6, 0))
    expect(pooledRatio(few, ['nginx', 'direct'], accepted, 0.99)).toBeUndefined()
    const one = slicesOf(few.slices.filter(({ label, start }) => label === 'nginx' || start > 0))
    expect(pooledRatio(one, ['nginx', 'direct'], accepted, 0.9)!.starts).toBe(5)
  })
})

test('drift is by how much the last third is slower than the first', () => {
  const slower = Array.from({ length: 9 }, (_, block) =>
    sliceOf('nginx', 0, block, { answers: [{ class: 0, latencyUs: [block < 6 ? 100 : 130] }] }),
  )
  expect(driftOf(slicesOf(slower), 'nginx', accepted)).toBeCloseTo(0.3)
  expect(driftOf(slicesOf(slower.slice(0, 5)), 'nginx', accepted)).toBeNaN()
})
