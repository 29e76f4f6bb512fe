import { describe, expect, test } from 'vitest'
import type { Judged } from '../../src/statistics/judge.ts'
import { decide, planOf } from '../../src/statistics/plan.ts'

describe('the plan', () => {
  const usual = { effort: 'default', systems: 3, sliceMs: 100, budgetMs: 60_000, startMs: 1000 } as const

  test('keeps to its budget, and looks at the end', () => {
    for (const systems of [2, 3, 6, 12]) {
      const { starts, blocksPerStart, looks } = planOf({ ...usual, systems })
      expect(starts * (usual.startMs + blocksPerStart * systems * usual.sliceMs)).toBeLessThanOrEqual(60_000)
      expect(looks.at(-1)).toBe(starts)
      expect(looks).toEqual(looks.toSorted((a, b) => a - b))
    }
  })

  test('has as many short starts as a claim takes, however small the budget', () => {
    expect(planOf({ ...usual, budgetMs: 1 })).toEqual({ looks: [4], blocksPerStart: 3, starts: 4 })
  })

  test('of a look has three starts, or one where three would take twice as long as it may', () => {
    const look = { ...usual, effort: 'quick', budgetMs: 12_000 } as const
    expect(planOf(look)).toEqual({ looks: [3], blocksPerStart: 9, starts: 3 })
    expect(planOf({ ...look, startMs: 6000 }).starts).toBe(3)
    expect(planOf({ ...look, systems: 12, startMs: 10_000 })).toEqual({ looks: [1], blocksPerStart: 6, starts: 1 })
  })
})

describe('the rule that stops', () => {
  const comparison = { metric: 'p50', label: 'nginx', reference: 'direct', isDuplicate: false, ratios: [] } as const
  const within = (share: number, claim: Judged['claim'] = 'none'): Judged => {
    const interval = { ratio: 1, low: 1 / (1 + share), high: 1 + share, p: 1, starts: 6, blocks: 60, level: 0.95 }
    return { comparison, interval, adjustedP: 1, claim, floor: 0.02 }
  }
  const usual = { looks: [6, 8], starts: 6, precision: 0.05, spentMs: 36_000, budgetMs: 60_000 }
  const goesOn = (judged: readonly Judged[], more: object = {}): boolean => decide({ ...usual, judged, ...more }).goOn

  test('goes on while one interval is too wide, and stops once none is', () => {
    expect(goesOn([within(0.04), within(0.06)])).toBe(true)
    expect(goesOn([within(0.04), within(0.049)])).toBe(false)
  })

  test('a difference need not be known as well', () => {
    expect(goesOn([within(0.09, 'higher')])).toBe(false)
    expect(goesOn([within(0.2, 'higher')])).toBe(true)
  })

  test('between two looks nothing but the budget ends it', () => {
    expect(goesOn([within(0.01)], { starts: 7 })).toBe(true)
    expect(goesOn([within(0.01)], { starts: 7, spentMs: 70_000 })).toBe(false)
  })

  test('the budget does not end it before a claim would be possible', () => {
    expect(goesOn([within(0.5)], { starts: 3, spentMs: 70_000 })).toBe(true)
    expect(goesOn([within(0.5)], { starts: 4, spentMs: 70_000 })).toBe(false)
  })

  test('ends with the last planned start, and says why', () => {
    expect(goesOn([within(0.5)], { starts: 8 })).toBe(false)
    expect(decide({ ...usual, judged: [], starts: 8 }).why).toMatch(/every comparison|planned starts/i)
  })
})
