import { expect, test } from 'vitest'
import { findingAnchor, findingTitle } from '../../src/views/finding-title.ts'

test('names the scenario once', () => {
  expect(findingTitle({ title: 'CPU', scenario: 'overhead' })).toBe('CPU · overhead')
  expect(findingTitle({ title: 'CPU · overhead', scenario: 'overhead' })).toBe('CPU · overhead')
  expect(findingTitle({ title: 'Rate limit', scenario: 'rate-limit' })).toBe('Rate limit')
  expect(findingTitle({ title: 'Caching · caching', scenario: 'caching' })).toBe('Caching')
  expect(findingTitle({ title: 'Effort', scenario: null })).toBe('Effort')
})

test('links are stable and differ between scenarios', () => {
  expect(findingAnchor({ id: 'latency', scenario: 'overhead' })).toBe('latency-overhead')
  expect(findingAnchor({ id: 'caching', scenario: 'caching' })).toBe('caching')
  expect(findingAnchor({ id: 'verdict', scenario: null })).toBe('verdict')
})
