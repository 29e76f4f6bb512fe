/** A managed system is emulated: what it did is shown as of others, how long that took is in no view. */
import { expect, test } from 'vitest'
import { minFor } from '../../src/comparison/findings/choice/verdict/standing.ts'
import { drawFindings } from '../../src/comparison/findings/index.ts'
import { judge } from '../../src/comparison/judge.ts'
import { emulatedWords, withoutTimes } from '../../src/measurement/emulated.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import { checkRecord } from '../../src/measurement/schema/record.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { renderHtml } from '../../src/views/html/render.tsx'
import type { ReportModel } from '../../src/views/model.ts'
import { roundFields } from '../../src/views/text/progress/round-line.ts'
import { renderText } from '../../src/views/text/report.ts'
import { renderSummary } from '../../src/views/text/summary/summary.ts'
import {
  originOf,
  plainPolicy,
  proofOf,
  recordOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  steadyPhase,
  subjectOf,
  supportOf,
} from '../comparison/record-parts.ts'

const every: Policy = {
  ...plainPolicy,
  cache: [{ path: '/products', ttlMs: 2000, key: ['path'], coalesce: true, staleOnErrorMs: 0 }],
  apiKey: [{ path: '/products', header: 'x-api-key', consumers: [{ name: 'web', key: 'KEY-OF-web' }] }],
  rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per: 'consumer' }],
  transform: [{ path: '/products', representations: [{ accept: 'application/xml', as: 'xml' }] }],
}
const scenario = scenarioOf({
  policy: every,
  clients: { web: { headers: [], consumer: 'web' }, stranger: { headers: [] } },
  traffic: [
    {
      ...steadyPhase,
      mix: ['web', 'stranger'].map((client) => ({ ...steadyPhase.mix[0]!, client, expect: [200, 401, 429] })),
    },
  ],
})
const { transform } = supportOf('node-gateway')

/** nginx beside `cloud`, each of whose requests took `ms` and `cpuUs`; `hits` of 400 came from its cache. */
function record(kind: string, { ms, cpuUs, hits = 300 }: { ms: number; cpuUs: number; hits?: number }): RunRecord {
  const cloud = subjectOf('node-gateway', {
    label: 'cloud',
    system: 'cloud',
    kind,
    proof: proofOf('node-gateway', ['routes', 'cache', 'apiKey', 'rateLimit', 'transform']),
  })
  const rounds = Array.from({ length: 8 }, (_, index) => [
    roundOf('direct', index, [{ ms: 4 }, { ms: 4, client: 'stranger', mixIndex: 1 }]),
    roundOf('nginx', index, [{ ms: 5 }, { ms: 1, status: 401, client: 'stranger', mixIndex: 1 }]),
    roundOf(
      'cloud',
      index,
      [
        { ms, count: hits, cache: 'HIT' },
        { ms: ms * 3, count: 400 - hits, cache: 'MISS' },
        { ms: ms / 2, count: 90, status: 429 },
        { ms: ms / 4, status: 401, client: 'stranger', mixIndex: 1 },
      ],
      { cpuUs, memoryBytes: cpuUs * 100_000, origins: [originOf(400 - hits)] },
    ),
  ])
  const support = { ...supportOf('nginx'), transform: { ...transform, level: 'native' as const } }
  return recordOf([scenarioRecordOf(scenario, [subjectOf('direct'), subjectOf('nginx'), cloud], rounds.flat())], {
    declared: [
      { system: 'nginx', kind: 'proxy', support: supportOf('nginx') },
      { system: 'cloud', kind, support },
    ],
  })
}

/** The whole report as text and as a page, and the summary of it. */
async function views(run: RunRecord): Promise<readonly [text: string, page: string, summary: string]> {
  const findings = drawFindings(run)
  const model: ReportModel = { record: run, findings, judgements: judge(run, findings) }
  const text = renderText(model, { columns: 200, unicode: true, color: false })
  // The page carries the record as data, to be read by programs; it is not shown.
  const page = (await renderHtml(model)).replaceAll(/<script type="application\/(?:json|gzip)".*?<\/script>/gs, '')
  return [text, page, renderSummary(model)]
}

const fast = { ms: 7.77, cpuUs: 777 }
const slow = { ms: 321, cpuUs: 4321 }

test('whatever the emulation takes, every report is the same to the byte; of a gateway none is', async () => {
  expect(await views(record('managed', slow))).toEqual(await views(record('managed', fast)))
  const [one, other] = [await views(record('gateway', slow)), await views(record('gateway', fast))]
  for (const at of [0, 1] as const) expect(one[at]).not.toBe(other[at])
}, 30_000)

test('what it did is in every report, as is that it is emulated', async () => {
  const [text, page, summary] = await views(record('managed', fast))
  expect(summary).toContain('managed (emulated)')
  for (const whole of [text, page]) {
    expect(whole).toContain('managed (emulated)')
    expect(whole).toContain(`cloud is ${emulatedWords}.`)
    expect(whole).toMatch(/cloud kept answers; the origin saw 800 of 7.120 requests/)
    expect(whole).toMatch(/transforms is a directive in cloud, a managed service that is emulated here/)
  }
  const [other] = await views(record('managed', { ...fast, hits: 200 }))
  expect(other).toMatch(/cloud kept answers; the origin saw 1.600 of 7.120 requests/)
}, 30_000)

test('an expectation of its time cannot be judged, and says why; one of its cache can', () => {
  const run = record('managed', fast)
  const expecting = (finding: string, metric: string) => ({
    finding,
    system: 'cloud',
    metric,
    comparison: { op: '<' as const, value: 0.95 },
    text: '< 95%',
  })
  const [only] = run.scenarios
  const expect_ = [expecting('latency', 'p50Ms'), expecting('cpu', 'cpuUsPerRequest'), expecting('caching', 'offload')]
  const asked = { ...run, scenarios: [{ ...only!, scenario: { ...scenario, expect: expect_ } }] }
  expect(judge(asked, drawFindings(asked)).map(({ metric, state, received }) => [metric, state, received])).toEqual([
    ['p50Ms', 'unjudged', emulatedWords],
    ['cpuUsPerRequest', 'unjudged', emulatedWords],
    ['offload', 'met', expect.stringMatching(/%$/)],
  ])
})

test('the least that does a feature: a managed service comes after a gateway, whatever its level', () => {
  const known = (kind: string, level: 'native' | 'script') => ({
    system: kind,
    kind,
    buildsOn: undefined,
    features: Object.fromEntries(
      Object.keys(transform && supportOf('nginx')).map((feature) => [
        feature,
        { level, byChoice: false, standing: 'declared' },
      ]),
    ) as never,
  })
  const all = [known('managed', 'native'), known('gateway', 'script')]
  expect(minFor('cache', all)?.systems.map(({ kind }) => kind)).toEqual(['gateway'])
  expect(minFor('cache', all.slice(0, 1))?.systems.map(({ kind }) => kind)).toEqual(['managed'])
})

test('a round without its times has no figure of them in a line of progress; its counts are there', () => {
  const round = roundOf('cloud', 0, [{ ms: 7.77, cache: 'HIT' }])
  const seconds = round.seconds.map(({ at, series }) => ({ at, series: withoutTimes(series) }))
  expect(roundFields({ ...round, seconds }, [])).toEqual(
    expect.arrayContaining(['400 sent', 'p50 –', 'p99 –', '2xx 400', 'from cache 100 %']),
  )
})

test('a record with a kind that this version does not know is read, and shown as it is called', async () => {
  const run = checkRecord(JSON.parse(JSON.stringify(record('mesh', fast))))
  expect(run).toMatchObject({ formatVersion: 5 })
  for (const text of await views(run as RunRecord)) expect(text).toContain('mesh')
})
