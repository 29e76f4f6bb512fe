import { expect, test } from 'vitest'
import { findingAnchor } from '../../../src/views/evidence/finding-anchor.ts'

test('links are stable and differ between scenarios', () => {
  expect(findingAnchor({ id: 'latency', scenario: 'overhead' })).toBe('latency-overhead')
  expect(findingAnchor({ id: 'caching', scenario: 'caching' })).toBe('caching')
  expect(findingAnchor({ id: 'verdict', scenario: null })).toBe('verdict')
})
