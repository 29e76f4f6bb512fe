import { expect, test } from 'vitest'
import type { KnownInterval } from '../../src/experiment/events.ts'
import { knownText, waitingWords, widthText } from '../../src/views/words/known-words.ts'

const known = (label: string, width: number, isOpen: boolean): KnownInterval => ({
  metric: 'p50',
  label,
  reference: 'direct',
  ratio: 1.05,
  low: 1.05 / (1 + width),
  high: 1.05 * (1 + width),
  isOpen,
})

test('a width is a share in percent; one that says nothing is no number', () => {
  expect([0.004, 0.05, 1, 7, Number.POSITIVE_INFINITY, Number.NaN].map(widthText)).toEqual([
    '±0.4 %',
    '±5 %',
    '±100 %',
    '±>100 %',
    '±>100 %',
    '±>100 %',
  ])
  expect(knownText({ ...known('a', 0.03, false), low: 0, high: Number.POSITIVE_INFINITY })).toBe('×1.05 ±>100 %')
})

test('what a run waits for: how many are known, and the widest of those that are not', () => {
  expect(waitingWords([], 0.05)).toBe('')
  expect(waitingWords([known('a', 0.03, false)], 0.05)).toBe('1 of 1 comparisons known.')
  expect(waitingWords([known('a', 0.07, true), known('b', 0.09, true), known('c', 0.5, false)], 0.05)).toBe(
    '1 of 3 comparisons known; widest: p50 of b, ±9 %, wanted ±5 %.',
  )
})
