import { describe, expect, test } from 'vitest'
import { type Comparison, judge, type Metric } from '../../src/statistics/judge.ts'

/** Six starts of five blocks about a log ratio, each start a little off, and their mean exactly there. */
function about(log: number, spread = 0.005): Comparison['ratios'] {
  const offsets = [-1.5, -0.5, 0.5, 1.5, -1, 1]
  return offsets.flatMap((offset, start) =>
    [-2, -1, 0, 1, 2].map((step, block) => ({ start, block, log: log + offset * spread + step * spread })),
  )
}

const compared = (label: string, log: number, isDuplicate = false, metric: Metric = 'p50'): Comparison => ({
  metric,
  label,
  reference: isDuplicate ? 'nginx' : 'direct',
  isDuplicate,
  ratios: about(log),
})

const claims = (family: readonly Comparison[]): readonly string[] => judge(family, [6]).map(({ claim }) => claim)

describe('what is claimed', () => {
  const duplicate = compared('nginx-2', 0.001, true)

  test('what lies clear of two percent, on either side, and of the duplicate nothing', () => {
    const family = [compared('haproxy', 0.1), compared('envoy', -0.1), compared('caddy', 0.015), duplicate]
    expect(claims(family)).toEqual(['higher', 'lower', 'none', 'noise'])
  })

  test('nothing below what the duplicate lay apart', () => {
    expect(claims([compared('haproxy', 0.1), compared('nginx-2', -0.12, true)])).toEqual(['none', 'noise'])
    expect(claims([compared('haproxy', 0.2), compared('nginx-2', -0.12, true)])).toEqual(['higher', 'noise'])
  })

  test('nothing without a duplicate, and each metric has its own', () => {
    expect(claims([compared('haproxy', 0.5)])).toEqual(['noise'])
    expect(claims([compared('haproxy', 0.5, false, 'cpu'), duplicate])).toEqual(['noise', 'noise'])
  })

  test('nothing after few starts', () => {
    const few = [compared('haproxy', 0.5), duplicate].map((each) => ({
      ...each,
      ratios: each.ratios.filter(({ start }) => start < 3),
    }))
    expect(claims(few)).toEqual(['noise', 'noise'])
  })

  test('the order of comparisons changes nothing', () => {
    const family = [compared('a', 0.03), compared('b', 0.5), compared('c', -0.02), duplicate]
    expect(claims(family.toReversed()).toReversed()).toEqual(claims(family))
  })

  test('a look before the last must be surer', () => {
    const [early, last] = [[6, 12], [6]].map((looks) => judge([compared('a', 0.03), duplicate], looks)[0]!)
    expect(early!.interval.level).toBeGreaterThan(last!.interval.level)
    expect(early!.adjustedP).toBeGreaterThan(last!.adjustedP)
  })
})
