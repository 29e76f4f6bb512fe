/**
 * A whole synthetic run: two scenarios, three systems and the noise floor in six rounds, every feature, one system that
 * failed, one that cannot run here, and captured text that means harm. For tests of findings and of views.
 */
import { get } from '../../src/http/request.ts'
import type { RoundRecord, RunRecord, ScenarioRecord, SystemRecord } from '../../src/measurement/run-record.ts'
import type { PolicyFeature } from '../../src/policy/features/index.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import type { Sample, Slot } from '../../src/traffic/plan.ts'
import {
  type Answers,
  normals,
  originOf,
  plainPolicy,
  probeOf,
  proofOf,
  recordOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  steadyPhase,
  subjectOf,
} from './record-parts.ts'

/** Ends a script, starts another, moves a cursor. */
export const hostileBody =
  '</script><script>window.__pwned = 1</script><img src=x onerror="window.__pwned = 1">\u001b[2J'

const rounds = [0, 1, 2, 3, 4, 5]

const failed: Partial<SystemRecord> = {
  state: 'failed',
  reason: 'node-proxy did not answer: it ended with exit code 1',
  remedy: 'edgelab doctor',
  logTail: 'Error: listen EADDRINUSE <script>alert(1)</script>',
  version: null,
  proof: [],
}
const unavailable: Partial<SystemRecord> = {
  state: 'unavailable',
  reason: 'its bundle is not built',
  remedy: 'npm run build',
  version: null,
  proof: [],
}

export function sampleRecord(): RunRecord {
  return recordOf([overhead(), everything()])
}

/** Medians that differ by system, and a machine that wanders by a fifth from round to round. */
function overhead(): ScenarioRecord {
  const scenario = scenarioOf({
    policy: { ...plainPolicy, balancing: [{ origin: 'catalogue', method: 'round-robin' }] },
    month: { requests: 50e6 },
    expect: [
      {
        finding: 'latency',
        system: 'nginx',
        metric: 'errors',
        comparison: { op: '=', value: 0 },
        text: '0',
      },
    ],
  })
  const features: readonly PolicyFeature[] = ['routes', 'balancing']
  const medians = { direct: 0.4, nginx: 0.62, 'nginx-lua': 0.63, 'direct-2': 0.4 }
  const machine = normals(3)
  const noise = normals(4)
  const measured = rounds.flatMap((index) => {
    const speed = Math.exp(0.2 * machine())
    return Object.entries(medians).map(([label, ms], position) =>
      roundOf(label, index, [{ ms: ms * speed * Math.exp(0.01 * noise()) }], {
        position,
        flags: label === 'nginx' && index === 3 ? ['driver late'] : [],
        ...(label === 'nginx-lua' ? { cpuUs: 62 } : {}),
      }),
    )
  })
  return scenarioRecordOf(
    scenario,
    [
      subjectOf('direct', { proof: [] }),
      subjectOf('nginx', { proof: proofOf('nginx', features) }),
      subjectOf('nginx-lua', { proof: proofOf('nginx-lua', features) }),
      subjectOf('node-proxy', failed),
      subjectOf('node-gateway', unavailable),
      subjectOf('direct-2', { proof: [] }),
    ],
    measured,
  )
}

const everythingScenario: Scenario = scenarioOf({
  id: 'everything',
  title: 'All at once',
  question: 'What do keys, a limit, a cache and a transform do together?',
  policy: {
    ...plainPolicy,
    cache: [
      { path: '/products', ttlMs: 2000, key: ['path', 'query', 'representation'], coalesce: true, staleOnErrorMs: 0 },
    ],
    apiKey: [
      {
        path: '/products',
        header: 'x-api-key',
        consumers: [
          { name: 'greedy', key: '‹key of greedy›' },
          { name: 'polite', key: '‹key of polite›' },
        ],
      },
    ],
    rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per: 'consumer' }],
    transform: [{ path: '/products', representations: [{ accept: 'application/xml', as: 'xml' }] }],
  },
  clients: {
    greedy: { headers: [['accept', 'application/json']], consumer: 'greedy' },
    polite: { headers: [['accept', 'application/xml']], consumer: 'polite' },
    stranger: { headers: [['accept', 'application/json']], key: 'a-key-that-nobody-has' },
  },
  traffic: [
    { ...steadyPhase, phase: 'warm-up', forMs: 500, measured: false },
    {
      ...steadyPhase,
      mix: [
        { ...get('/products/{1..200}'), client: 'greedy', weight: 100, skew: 'zipf', expect: [200, 429] },
        { ...get('/products/{1..200}'), client: 'polite', weight: 5, skew: 'zipf', expect: [200] },
        { ...get('/products/{1..200}'), client: 'stranger', weight: 20, skew: 'zipf', expect: [401] },
      ],
    },
    {
      kind: 'burst',
      phase: 'stampede',
      forMs: 1000,
      measured: true,
      atOnce: 30,
      mix: [{ ...get('/products/9001'), client: 'polite', weight: 1, skew: 'uniform', expect: [200] }],
    },
  ],
  fresh: true,
  expect: [
    {
      finding: 'caching',
      system: 'nginx',
      metric: 'stampedeOriginHits',
      comparison: { op: '=', value: 1 },
      text: '1',
    },
  ],
})

function everything(): ScenarioRecord {
  const features: readonly PolicyFeature[] = ['routes', 'cache', 'apiKey', 'rateLimit', 'transform']
  const effort = (config: number, script: number): SystemRecord['effort'] => ({
    configLines: 40 + config,
    scriptLines: script,
    features: { cache: { config, script: 0 }, transform: { config: 0, script } },
  })
  return scenarioRecordOf(
    everythingScenario,
    [
      subjectOf('direct', { proof: proofOf('direct', features) }),
      subjectOf('nginx', { proof: proofOf('nginx', features), effort: effort(12, 0) }),
      subjectOf('nginx-lua', {
        proof: [
          ...proofOf('nginx-lua', features),
          probeOf('transform', 'failed', {
            id: 'transform.0.large',
            claim: 'a large document has the data that the origin sent',
            received: hostileBody,
            evidence: [
              {
                request: { method: 'GET', path: '/products/9', headers: [['accept', 'application/xml']] },
                status: 200,
                headers: [['content-type', 'application/xml']],
                body: hostileBody,
                durationMs: 2.1,
              },
            ],
          }),
        ],
        effort: effort(12, 120),
      }),
      subjectOf('node-proxy', failed),
      subjectOf('node-gateway', unavailable),
    ],
    rounds.flatMap((index) => [
      directRound(index),
      limitedRound('nginx', index, 1, 0.3),
      limitedRound('nginx-lua', index, 1, 0.36),
    ]),
  )
}

function directRound(index: number): RoundRecord {
  const answers: readonly Answers[] = [
    { phase: 'warm-up', ms: 8, count: 50, client: 'web' },
    { ms: 8, count: 200, client: 'greedy' },
    { ms: 8, count: 10, client: 'polite', mixIndex: 1 },
    { ms: 8, count: 40, client: 'stranger', mixIndex: 2 },
    { phase: 'stampede', ms: 12, count: 30, client: 'polite' },
  ]
  return roundOf('direct', index, answers, {
    origins: [originOf(330, { paths: { '/products/1': 300, '/products/9001': 30 }, consumers: { '-': 330 } })],
    slots: slotsOf(() => 10),
    samples: index === 0 ? [sample('greedy', 200), sample('polite', 200)] : [],
  })
}

/** 200 requests of the greedy client in two seconds, of which a bucket of 10 with 20 a second lets 48 through. */
function limitedRound(label: string, index: number, stampedeHits: number, hitMs: number): RoundRecord {
  const answers: readonly Answers[] = [
    { phase: 'warm-up', ms: 9, count: 50, client: 'web', cache: 'MISS' },
    { ms: hitMs, count: 35, client: 'greedy', cache: 'HIT' },
    { ms: 9, count: 13, client: 'greedy', cache: 'MISS' },
    { ms: 0.2, count: 152, client: 'greedy', status: 429 },
    { ms: hitMs, count: 10, client: 'polite', mixIndex: 1, cache: 'HIT' },
    { ms: 0.2, count: 40, client: 'stranger', mixIndex: 2, status: 401 },
    { phase: 'stampede', ms: 20, count: 29, client: 'polite', cache: 'HIT' },
    { phase: 'stampede', ms: 20, count: 1, client: 'polite', cache: 'MISS' },
  ]
  const seen = 63 + stampedeHits
  return roundOf(label, index, answers, {
    origins: [
      originOf(seen, {
        paths: { '/products/1': 63, '/products/9001': stampedeHits },
        consumers: { greedy: 63, polite: stampedeHits },
      }),
    ],
    slots: slotsOf((slot) => (slot === 0 ? 10 : 2)),
    samples: index === 0 ? [sample('greedy', 200), sample('greedy', 429), sample('polite', 200)] : [],
  })
}

/** Ten requests of the greedy client in each tenth of a second, of which the first `accepted` get 200. */
function slotsOf(accepted: (slot: number) => number): readonly Slot[] {
  return Array.from({ length: 20 }, (_, slot) => slot).flatMap((slot) => {
    const base = { atMs: slot * 100, phase: 'steady', client: 'greedy' }
    const through = accepted(slot)
    const answers = [
      { ...base, status: 200, count: through },
      { ...base, status: 429, count: 10 - through },
    ]
    return answers.filter(({ count }) => count > 0)
  })
}

function sample(client: string, status: number): Sample {
  const headers: Sample['headers'] =
    status === 429
      ? [
          ['Content-Type', 'application/json'],
          ['Retry-After', '1'],
        ]
      : [['Content-Type', client === 'polite' ? 'application/xml' : 'application/json']]
  const body = status === 429 ? '{"error":"rate_limited"}' : hostileBody
  const accept = client === 'polite' ? 'application/xml' : 'application/json'
  const request = get('/products/9', { accept, 'x-api-key': `KEY-OF-${client}` })
  return { phase: 'steady', client, request, status, headers, body, truncated: false }
}
