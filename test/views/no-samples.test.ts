/** Rounds in which nothing was sent, or nothing answered, whatever else ran: no view shows a figure that is none. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawFindings } from '../../src/comparison/findings/index.ts'
import { findingMetrics } from '../../src/comparison/findings/registry.ts'
import { judge } from '../../src/comparison/judge.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import type { Policy } from '../../src/policy/policy.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { renderHtml } from '../../src/views/html/render.tsx'
import type { ReportModel } from '../../src/views/model.ts'
import { renderText } from '../../src/views/text/report.ts'
import { renderSummary } from '../../src/views/text/summary/summary.ts'
import {
  type Answers,
  originOf,
  plainPolicy,
  proofOf,
  recordOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  steadyPhase,
  subjectOf,
} from '../comparison/record-parts.ts'

const labels = ['direct', 'nginx', 'node-gateway', 'direct-2'] as const
const features = ['cache', 'apiKey', 'rateLimit', 'transform'] as const
const consumers = [{ name: 'web', key: '‹key of web›' }]
const every: Policy = {
  ...plainPolicy,
  cache: [{ path: '/products', ttlMs: 2000, key: ['path'], coalesce: true, staleOnErrorMs: 0 }],
  apiKey: [{ path: '/products', header: 'x-api-key', consumers }],
  rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per: 'consumer' }],
  transform: [{ path: '/products', representations: [{ accept: 'application/xml', as: 'xml' }] }],
}

const answers: fc.Arbitrary<readonly Answers[]> = fc.array(
  fc.record({
    ms: fc.constantFrom(0.1, 3),
    count: fc.nat(2),
    phase: fc.constantFrom('steady', 'stampede', 'warm-up'),
    status: fc.constantFrom(200, 401, 404, 429, 502),
    cache: fc.constantFrom('', 'HIT', 'MISS'),
    bytes: fc.constantFrom(0, 10),
  }),
  { maxLength: 3 },
)

const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    used: fc.subarray([...features]),
    burst: fc.boolean(),
    expect: fc.constantFrom([200], [200, 429], [401], [404]),
  })
  .map(({ used, burst, expect: statuses }) => {
    const mix = steadyPhase.mix.map((entry) => ({ ...entry, expect: statuses }))
    const stampede = { ...steadyPhase, kind: 'burst' as const, phase: 'stampede', atOnce: 3, mix }
    return scenarioOf({
      policy: { ...plainPolicy, ...Object.fromEntries(used.map((feature) => [feature, every[feature]])) },
      clients: { web: { headers: [], consumer: 'web' }, stranger: { headers: [], key: 'nobody-has-this' } },
      traffic: [
        { ...steadyPhase, phase: 'warm-up', measured: false },
        { ...steadyPhase, mix },
        ...(burst ? [stampede] : []),
      ],
      expect: labels.flatMap((system) =>
        findingMetrics.flatMap(({ id: finding, metrics }) =>
          metrics.map(({ name }) => ({
            finding,
            system,
            metric: name.replace('*', 'web'),
            comparison: { op: '>=' as const, value: 0 },
            text: '>= 0',
          })),
        ),
      ),
    })
  })

const record: fc.Arbitrary<RunRecord> = fc
  .record({
    scenario,
    rounds: fc.array(fc.record({ label: fc.constantFrom(...labels), answers, failed: fc.nat(2), idle: fc.boolean() }), {
      maxLength: 6,
    }),
    absent: fc.constantFrom(undefined, 'failed' as const, 'unavailable' as const),
  })
  .map(({ scenario, rounds, absent }) => {
    const used = features.filter((feature) => scenario.policy[feature].length > 0)
    const subjects = labels.map((label) =>
      subjectOf(label, {
        proof: label === 'direct-2' ? [] : proofOf(label, ['routes', ...used]),
        ...(label === 'node-gateway' && absent ? { state: absent, reason: 'it is not there', version: null } : {}),
      }),
    )
    const measured = rounds
      .filter(({ label }) => !(label === 'node-gateway' && absent))
      .map((round, at) => {
        const index = rounds.slice(0, at).filter(({ label }) => label === round.label).length
        return roundOf(round.label, index, round.answers, {
          failures: round.failed > 0 ? { timeout: round.failed } : {},
          ...(round.idle ? { cpuUs: null, origins: [originOf(0)] } : {}),
        })
      })
    return recordOf([scenarioRecordOf(scenario, subjects, measured)])
  })

function modelOf(run: RunRecord): ReportModel {
  const findings = drawFindings(run)
  return { record: run, findings, judgements: judge(run, findings) }
}

const noFigure = /.{0,60}(?:NaN|Infinity|undefined|null|∞).{0,40}/

test('text and Markdown show no figure that is none', () => {
  fc.assert(
    fc.property(record, (run) => {
      const model = modelOf(run)
      expect(renderText(model, { columns: 160, color: false, unicode: true })).not.toMatch(noFigure)
      expect(renderSummary(model)).not.toMatch(noFigure)
      for (const { metrics, verdict } of model.findings) {
        // A dash between figures is a span; anywhere else it stands for a figure that is not there.
        for (const sentence of verdict) expect(sentence).not.toMatch(/(?<!\d) ?–(?! ?\d)/)
        for (const value of Object.values(metrics).flatMap((own) => Object.values(own)))
          expect(value).toSatisfy(Number.isFinite)
      }
    }),
    { numRuns: 60 },
  )
}, 30_000)

test('nor does the report, where nothing was sent at all', async () => {
  const [run] = fc.sample(record, { numRuns: 1, seed: 5 })
  const bare = {
    ...run!,
    scenarios: run!.scenarios.map((each) => ({
      ...each,
      scenario: { ...each.scenario, policy: every },
      rounds: labels.flatMap((label) => [0, 1].map((index) => roundOf(label, index, [], { origins: [originOf(0)] }))),
    })),
  }
  const html = await renderHtml(modelOf(bare))
  expect(html.replaceAll(/<(script|style)\b.*?<\/\1>/gs, '')).not.toMatch(noFigure)
})
