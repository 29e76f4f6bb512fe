/** A quota that is used up, one that is not kept, and one that nobody knows. */
import { expect, test } from 'vitest'
import { quota } from '../../src/comparison/findings/behaviour/quota.ts'
import { quotaRecord } from './quota-record.ts'

test('it is a round’s where each begins anew, and a consumer’s whichever of its clients asks', () => {
  const { verdict, metrics, blocks } = quota.draw(quotaRecord({ 'nginx-lua': 100 }))
  expect(verdict).toEqual(['nginx-lua stopped batch at its 100 a day.'])
  expect(metrics['nginx-lua']).toEqual({ mostGiven: 100, timesQuota: 1 })
  const [table] = blocks
  expect(table?.kind === 'table' && table.rows.map((row) => row.map(({ text }) => text))).toEqual([
    ['nginx-lua', 'batch', '120', '100 a day', '100', '20', '{"error":"quota_exceeded"}, Retry-After: 3600'],
  ])
})

test('where nothing begins anew between rounds it is all of them together', () => {
  const { metrics } = quota.draw(quotaRecord({ 'nginx-lua': 50 }, { fresh: false }))
  // polite and reader are one consumer: 50 in each of two rounds, as much as batch.
  expect(metrics['nginx-lua']).toEqual({ mostGiven: 100, timesQuota: 1 })
})

test('who lets more through is said, and so is who counts nothing', () => {
  const { verdict } = quota.draw(quotaRecord({ direct: 120, 'nginx-lua': 110, 'node-proxy': 120 }))
  expect(verdict).toEqual([
    'nginx-lua let batch have 110 requests, more than its 100 a day.',
    'node-proxy knew no quotas: batch got more than its 100 a day, and nobody counted.',
  ])
})

test('nothing is said where nobody asked for more than that', () => {
  expect(quota.draw(quotaRecord({ 'node-proxy': 40 }, { traffic: [] })).verdict).toEqual([
    'No consumer asked for more than its quota.',
  ])
  const { scenario } = quotaRecord({ 'nginx-lua': 100 })
  expect(quota.applies(scenario)).toBe(true)
  expect(quota.applies({ ...scenario, policy: { ...scenario.policy, quota: [] } })).toBe(false)
})
