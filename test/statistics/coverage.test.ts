import { expect, test } from 'vitest'
import { type BlockRatio, intervalOf } from '../../src/statistics/interval.ts'
import { normals } from '../comparison/record-parts.ts'

/** Starts that differ, blocks that resemble their neighbours, one in ten of them four times as far off. */
function ratiosOf(starts: number, betweenStarts: number, normal: () => number): readonly BlockRatio[] {
  return Array.from({ length: starts }, (_, start) => {
    const offset = betweenStarts * normal()
    let noise = normal()
    return Array.from({ length: 20 }, (_, block) => {
      noise = 0.4 * noise + Math.sqrt(1 - 0.16) * normal()
      return { start, block, log: offset + 0.1 * noise * (Math.abs(normal()) > 1.645 ? 4 : 1) }
    })
  }).flat()
}

const runs = 1000

// Three standard errors of a share of 1,000 runs are 2.1 %.
test.each([
  [4, 0],
  [4, 0.1],
  [6, 0.03],
  [10, 0.03],
])('of %d starts that differ by %d, 95 in 100 of the intervals hold the true ratio', (starts, betweenStarts) => {
  const normal = normals(starts * 100 + betweenStarts * 10)
  const held = Array.from({ length: runs }, () => intervalOf(ratiosOf(starts, betweenStarts, normal)))
  const share = held.filter(({ low, high }) => low <= 1 && high >= 1).length / runs
  expect(share).toBeGreaterThan(0.929)
  expect(share).toBeLessThan(0.971)
})
