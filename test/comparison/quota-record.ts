/** A synthetic record of a scenario with a quota of 100 a day, in two rounds that each begin with a whole one. */
import { get } from '../../src/http/request.ts'
import type { ScenarioRecord } from '../../src/measurement/run-record.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { plainPolicy, proofOf, roundOf, scenarioOf, scenarioRecordOf, steadyPhase, subjectOf } from './record-parts.ts'

/** `given`: how many of batch's 120 requests each system let through. */
export function quotaRecord(given: Readonly<Record<string, number>>, more: Partial<Scenario> = {}): ScenarioRecord {
  const ask = (client: string) => ({ ...get('/products/1'), client, weight: 1, skew: 'uniform' as const })
  const scenario = scenarioOf({
    id: 'managed',
    policy: {
      ...plainPolicy,
      apiKey: [
        {
          path: '/products',
          header: 'x-api-key',
          consumers: ['batch', 'polite'].map((name) => ({ name, key: `‹key of ${name}›` })),
        },
      ],
      quota: [{ path: '/products', requests: 100, period: 'day' }],
    },
    clients: {
      batch: { headers: [], consumer: 'batch' },
      polite: { headers: [], consumer: 'polite' },
      reader: { headers: [], consumer: 'polite' },
    },
    traffic: [{ ...steadyPhase, mix: ['batch', 'polite', 'reader'].map(ask) }],
    fresh: true,
    ...more,
  })
  const rounds = [0, 1].flatMap((index) =>
    Object.entries(given).map(([label, passed]) =>
      roundOf(
        label,
        index,
        [
          { client: 'batch', ms: 1, count: passed },
          { client: 'batch', ms: 0.2, count: 120 - passed, status: 429 },
          { client: 'polite', mixIndex: 1, ms: 1, count: 30 },
          { client: 'reader', mixIndex: 2, ms: 1, count: 20 },
        ].filter(({ count }) => count > 0),
        {
          samples: [
            {
              phase: 'steady',
              client: 'batch',
              request: get('/products/1'),
              status: 429,
              headers: [['Retry-After', '3600']],
              body: '{"error":"quota_exceeded"}',
              truncated: false,
            },
          ],
        },
      ),
    ),
  )
  const subjects = Object.keys(given).map((label) =>
    subjectOf(label, { proof: label === 'direct' ? [] : proofOf('nginx-lua', ['quota']) }),
  )
  return scenarioRecordOf(scenario, subjects, rounds)
}
