/** A report model with every kind of block, two scenarios and hostile captured text, made by hand. */

import type { Finding } from '../../src/comparison/finding.ts'
import { get } from '../../src/http/request.ts'
import type { RoundRecord, RunRecord, ScenarioRecord, SystemRecord } from '../../src/measurement/run-record.ts'
import { perFeature } from '../../src/policy/features/index.ts'
import type { ScenarioEntry } from '../../src/scenario/library.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import type { FeatureSupport, Support } from '../../src/systems/system.ts'
import { encodeHistogram, newHistogram, recordMs } from '../../src/traffic/measure/histogram.ts'
import type { ReportModel } from '../../src/views/model.ts'
import { emptyPolicy } from '../policy/empty-policy.ts'

/** Ends a script, moves a cursor, sets a title, reorders text, closes a fence, draws a table. */
export const hostileText =
  '</script><script>window.__pwned = 1</script><img src=x onerror="window.__pwned = 1"><!--\u001b[2J\u001b]0;owned\u0007\u202egnp.exe\u2066\u0000``` | a | @everyone \u2028'

function histogram(...ms: number[]): string {
  const histogram = newHistogram()
  for (const each of ms) recordMs(histogram, each)
  return encodeHistogram(histogram)
}

const support: Support = {
  ...perFeature(
    (): FeatureSupport => ({ level: 'native', how: 'location blocks', docs: 'https://nginx.org/en/docs/' }),
  ),
  balancing: { level: 'native', how: 'upstream', docs: 'https://nginx.org/en/docs/' },
  cache: { level: 'native', how: 'proxy_cache', docs: 'https://nginx.org/en/docs/' },
  apiKey: { level: 'native', how: 'a map of keys', docs: 'https://nginx.org/en/docs/' },
  rateLimit: { level: 'native', how: 'limit_req', docs: 'https://nginx.org/en/docs/' },
  transform: { level: 'none', how: 'XML needs code in the proxy', docs: 'https://nginx.org/en/docs/' },
}

const scenario = (id: string, question: string): Scenario => ({
  id,
  title: id,
  question,
  measure: 'rounds',
  policy: {
    ...emptyPolicy,
    routes: [{ path: '/products', origin: 'catalogue' }],
    cache: [{ path: '/products', ttlMs: 2000, key: ['path', 'query'], coalesce: true, staleOnErrorMs: 0 }],
  },
  origins: { catalogue: { instances: 2, routes: [{ path: '/products/{id}', body: 'product' }] } },
  clients: { web: { headers: [['accept', 'application/json']] } },
  traffic: [
    {
      kind: 'rate',
      phase: 'steady',
      forMs: 2000,
      measured: true,
      fromPerSecond: 400,
      toPerSecond: 400,
      arrivals: 'poisson',
      mix: [{ ...get('/products/{1..200}'), client: 'web', weight: 1, skew: 'zipf' }],
    },
  ],
  rounds: { quick: 2, full: 6 },
  fresh: true,
  connections: 32,
  expect: [],
})

const subject = (label: string, more: Partial<SystemRecord> = {}): SystemRecord => ({
  label,
  system: 'nginx',
  kind: 'proxy',
  state: 'measured',
  reason: '',
  remedy: '',
  logTail: '',
  version: 'nginx/1.26.3',
  imageDigest: 'sha256:6a1b0d6ae7d1a2f0c7c21e5a3e0a3f9e7b64a0f0a9d8a7a1f0b3c4d5e6f70819',
  ranAs: 'edgelab/nginx:offline',
  support,
  native: {
    files: [
      {
        path: 'nginx.conf',
        language: 'nginx',
        text: 'events {}\nhttp {\n  proxy_cache_path cache keys_zone=edge:8m;\n  # <one> per policy line\n}\n',
      },
    ],
    fidelity: [
      { feature: 'routes', path: 'routes.0', line: 'route /products to catalogue', level: 'exact', how: 'location' },
      {
        feature: 'cache',
        path: 'cache.0',
        line: 'cache /products for 2.0 s by path + query, coalesced',
        level: 'approximated',
        how: 'entries live up to a second longer than their TTL',
      },
    ],
  },
  effort: { configLines: 42, scriptLines: 0, features: { cache: { config: 9, script: 0 } } },
  proof: [
    {
      id: 'cache.0.hit',
      feature: 'cache',
      line: 'cache.0',
      claim: 'a second request within the TTL comes from the cache',
      state: 'passed',
      expected: '1 request at the origin',
      received: '1 request at the origin',
      evidence: [
        {
          request: { method: 'GET', path: '/products/1', headers: [] },
          status: 200,
          headers: [
            ['content-type', 'application/json'],
            ['x-cache', 'HIT'],
          ],
          body: hostileText,
          durationMs: 1.2,
        },
      ],
    },
    {
      id: 'transform.0.xml',
      feature: 'transform',
      line: 'transform.0',
      claim: 'desktop clients get XML with the same data',
      state: 'skipped',
      expected: '',
      received: 'XML needs code in the proxy',
      evidence: [],
    },
  ],
  ...more,
})

export const sampleRound = (label: string, index: number): RoundRecord => ({
  index,
  label,
  position: 0,
  durationMs: 2004,
  sent: 900,
  answered: 900,
  connected: 12,
  seconds: [
    {
      at: 0,
      series: [
        {
          phase: 'steady',
          mixIndex: 0,
          client: 'web',
          status: 200,
          cache: 'HIT',
          count: 750,
          bodyBytes: 90_000,
          latency: histogram(0.2, 0.22, 0.22, 0.3),
          service: histogram(0.2, 0.22, 0.22, 0.3),
        },
        {
          phase: 'steady',
          mixIndex: 0,
          client: 'web',
          status: 200,
          cache: 'MISS',
          count: 150,
          bodyBytes: 18_000,
          latency: histogram(8.4, 9.1),
          service: histogram(8.4, 9.1),
        },
      ],
    },
  ],
  slots: [{ atMs: 0, phase: 'steady', client: 'web', status: 200, count: 40 }],
  lateness: histogram(0.01),
  faults: {},
  failures: {},
  driverBusy: 0.08,
  cpuNs: { system: 41_000_000, origins: 90_000_000, driver: 80_000_000 },
  memoryBytes: 9_400_000,
  origins: [
    {
      name: 'catalogue',
      instance: 1,
      requests: 150,
      connections: 4,
      routes: { '/products/{id}': 150 },
      paths: { '/products/1': 150 },
      consumers: { '-': 150 },
      statuses: { '200': 150 },
      last: [],
    },
  ],
  flags: [],
  samples: [],
})

const scenarioRecord = (id: string, question: string): ScenarioRecord => ({
  scenario: scenario(id, question),
  plannedRounds: 2,
  subjects: [
    subject('direct', { system: 'direct', kind: 'baseline', version: null, imageDigest: null, ranAs: '', proof: [] }),
    subject('nginx'),
    subject('nginx-lua', {
      system: 'nginx-lua',
      kind: 'gateway',
      state: 'failed',
      reason: 'did not answer in 10 s',
      remedy: 'see the log',
      logTail: `nginx: [emerg] unknown directive "content_by_lua_file"\n${hostileText}`,
      version: null,
      imageDigest: null,
    }),
    subject('node-gateway', { system: 'node-gateway', kind: 'self-built', version: 'v24.21.0', imageDigest: null }),
  ],
  rounds: ['direct', 'nginx', 'node-gateway'].flatMap((label) => [sampleRound(label, 0), sampleRound(label, 1)]),
})

const record: RunRecord = {
  formatVersion: 5,
  id: '2026-11-24-0915-7f3a',
  edgelab: '0.1.0',
  startedAt: '2026-11-24T09:15:02.000Z',
  finishedAt: '2026-11-24T09:16:40.000Z',
  partial: false,
  quick: false,
  seed: 7,
  command: 'edgelab run caching rate-limit --systems direct,nginx,nginx-lua,node-gateway --quick --seed 7',
  runtime: 'containers',
  runtimeReason: 'the engine answers and the images are here',
  host: {
    os: 'Linux 6.1.0 x64',
    cpu: 'AMD EPYC 7B13',
    cores: 2,
    memoryBytes: 8_330_000_000,
    node: 'v24.21.0',
    engine: 'docker 20.10.24',
  },
  pinning: { driver: [0], others: [1], note: 'driver on core 0, systems and origins on 1' },
  declared: [],
  scenarios: [
    scenarioRecord('caching', 'Does a cache at the edge spare the origin, and what does a hit cost against a miss?'),
    scenarioRecord('rate-limit', 'What does a limit let through, and what is the refused client told?'),
  ],
}

const verdict: Finding = {
  id: 'verdict',
  scenario: null,
  title: 'Verdict',
  question: 'Is an API gateway just a reverse proxy with extra features, and which of the two do I need?',
  verdict: [
    'For what these scenarios ask, the plain reverse proxy nginx is enough for caching and limits; XML for desktop clients needs a gateway.',
    'node-gateway answered every probe; it costs 310 µs of CPU per request where nginx costs 46 µs.',
  ],
  blocks: [
    {
      kind: 'table',
      title: 'What each of them did',
      columns: [
        { title: 'system', align: 'left' },
        { title: 'kind', align: 'left' },
        { title: 'proof', align: 'right' },
        { title: 'p50', align: 'right' },
        { title: 'p99', align: 'right' },
        { title: 'CPU per request', align: 'right' },
        { title: 'lines', align: 'right' },
        { title: 'cannot do', align: 'left' },
      ],
      rows: [
        ['direct', 'baseline', '–', '8.4 ms', '41 ms', '–', '–', ''],
        ['nginx', 'reverse proxy', '9/9', '0.22 ms', '9.1 ms', '46 µs', '42', 'transform: XML needs code in the proxy'],
        ['node-gateway', 'self-built', '12/12', '0.61 ms', '11 ms', '310 µs', '187', ''],
      ].map((row) => row.map((text, at) => (at === 2 && text !== '–' ? { text, tone: 'good' as const } : { text }))),
      caption: 'Medians over 2 rounds. Lines of native configuration and script, without comments and blanks.',
    },
    { kind: 'note', tone: 'info', text: 'Two rounds are a first look; --rounds 20 gives narrower intervals.' },
  ],
  metrics: {},
}

const caching: Finding = {
  id: 'caching',
  scenario: 'caching',
  title: 'Caching',
  question: 'Does a cache at the edge spare the origin, and what does a hit cost against a miss?',
  verdict: [
    'nginx answers cached reads in 0.22 ms where direct takes 8.4 ms (×0.026, 95 % 0.024–0.029); the origin saw 88 of 2 400 requests.',
    'One cold key asked for 30 times at once was one request at the origin behind nginx.',
  ],
  blocks: [
    {
      kind: 'chart',
      shape: 'line',
      title: 'Latency by percentile',
      x: { title: 'percentile', scale: 'linear' },
      y: { title: 'latency, ms', scale: 'log' },
      series: [
        {
          name: 'direct',
          points: [
            [1, 3.1],
            [10, 5],
            [25, 6.6],
            [50, 8.4],
            [75, 12],
            [90, 19],
            [95, 26],
            [99, 41],
            [99.9, 70],
          ],
        },
        {
          name: 'nginx',
          points: [
            [1, 0.15],
            [10, 0.18],
            [25, 0.2],
            [50, 0.22],
            [75, 0.25],
            [90, 0.6],
            [95, 7.8],
            [99, 9.1],
            [99.9, 44],
          ],
        },
        {
          name: 'node-gateway',
          points: [
            [1, 0.4],
            [10, 0.48],
            [25, 0.55],
            [50, 0.61],
            [75, 0.72],
            [90, 1.4],
            [95, 8.8],
            [99, 11],
            [99.9, 49],
          ],
        },
      ],
      summary:
        'nginx and node-gateway stay under 1 ms up to the 90th percentile, direct is at 8.4 ms at the median; above the 95th all wait for the origin.',
    },
    {
      kind: 'chart',
      shape: 'bar',
      title: 'Requests that reached the origin',
      x: { title: 'system', scale: 'category', labels: ['direct', 'nginx', 'node-gateway'] },
      y: { title: 'requests', scale: 'linear' },
      series: [
        {
          name: 'origin saw',
          points: [
            [0, 2400],
            [1, 88],
            [2, 91],
          ],
        },
      ],
      summary: 'Behind either cache the origin saw less than 4 % of what it sees directly.',
    },
    {
      kind: 'intervals',
      title: 'Median latency against direct access',
      reference: 'direct',
      quantity: 'p50 latency',
      rows: [
        { name: 'nginx', ratio: 0.026, low: 0.024, high: 0.029, claim: 'lower' },
        { name: 'node-gateway', ratio: 0.97, low: 0.9, high: 1.05, claim: 'none' },
      ],
      floor: 0.02,
      caption: '95 % intervals over 6 starts of 20 blocks each.',
      summary: 'nginx answers in a fortieth of the time; node-gateway cannot be told from direct.',
    },
    { kind: 'note', tone: 'warning', text: 'Round 2 of node-gateway is flagged: driver late.' },
  ],
  metrics: {},
}

const ideal = Array.from({ length: 31 }, (_, at): [number, number] => [at * 100, 5 + at])
const rateLimit: Finding = {
  id: 'rate-limit',
  scenario: 'rate-limit',
  title: 'Rate limit',
  question: 'What does a limit let through, and what is the refused client told?',
  verdict: ['The greedy consumer got 10.1 requests a second through both; nginx told it 429 and nothing else.'],
  blocks: [
    {
      kind: 'chart',
      shape: 'step',
      title: 'Accepted requests of the greedy consumer',
      x: { title: 'time, ms', scale: 'linear' },
      y: { title: 'accepted, cumulated', scale: 'linear' },
      series: [
        { name: 'ideal bucket', reference: true, points: ideal },
        { name: 'nginx', points: ideal.map(([at, value]) => [at, Math.max(1, value - 4)]) },
        { name: 'node-gateway', points: ideal.map(([at, value], index) => [at, index === 12 ? null : value]) },
      ],
      summary: 'node-gateway follows the ideal bucket; nginx lets the burst through one after another.',
    },
    {
      kind: 'bodies',
      title: 'What the refused client is told',
      request: 'GET /products/7 as greedy',
      answers: [
        {
          label: 'nginx',
          status: 429,
          headers: [['content-type', 'application/json']],
          body: '{"error":"rate_limited"}',
          remark: 'No word on when to come back.',
        },
        {
          label: 'node-gateway',
          status: 429,
          headers: [
            ['content-type', 'application/json'],
            ['retry-after', '1'],
            ['x-evil', hostileText],
          ],
          body: hostileText,
          remark: 'Says when to come back.',
        },
      ],
    },
    {
      kind: 'code',
      title: 'The limit in nginx',
      language: 'nginx',
      text: 'limit_req_zone $consumer zone=greedy:1m rate=10r/s;\nlimit_req zone=greedy burst=4 nodelay;\n',
    },
  ],
  metrics: {},
}

export const sampleModel: ReportModel = {
  record,
  findings: [verdict, caching, rateLimit],
  judgements: [
    {
      scenario: 'caching',
      system: 'nginx',
      finding: 'caching',
      metric: 'offload',
      expected: '>= 90%',
      received: '96 %',
      state: 'met',
      measured: true,
    },
    {
      scenario: 'caching',
      system: 'nginx-lua',
      finding: 'caching',
      metric: 'offload',
      expected: '>= 90%',
      received: '–',
      state: 'unjudged',
      measured: false,
    },
    {
      scenario: 'rate-limit',
      system: 'nginx',
      finding: 'rate-limit',
      metric: 'acceptedPerSecond.greedy',
      expected: '10±1',
      received: '11.4',
      state: 'broken',
      measured: true,
    },
  ],
}

/** The scenarios of the sample, as the app lists them. */
export const sampleEntries: readonly ScenarioEntry[] = sampleModel.record.scenarios.map(({ scenario }) => ({
  id: scenario.id,
  file: `scenarios/${scenario.id}.yaml`,
  scenario,
  problem: '',
}))

/** One that is none, for lists. */
export const brokenEntry: ScenarioEntry = {
  id: 'mine',
  file: 'scenarios/mine.yaml',
  scenario: null,
  problem: 'line 3, title: should have at most 60 characters',
}
