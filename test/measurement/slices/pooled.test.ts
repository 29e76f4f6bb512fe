import { describe, expect, test } from 'vitest'
import { driftOf } from '../../../src/measurement/slices/drift.ts'
import { pooledQuantile, requestsNeeded } from '../../../src/measurement/slices/pooled.ts'
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

test('drift is by how much the last third is slower than the first', () => {
  const slower = Array.from({ length: 9 }, (_, block) =>
    sliceOf('nginx', 0, block, { answers: [{ class: 0, latencyUs: [block < 6 ? 100 : 130] }] }),
  )
  expect(driftOf(slicesOf(slower), 'nginx', accepted)).toBeCloseTo(0.3)
  expect(driftOf(slicesOf(slower.slice(0, 5)), 'nginx', accepted)).toBeNaN()
})
