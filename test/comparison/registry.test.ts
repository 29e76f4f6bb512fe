import { expect, test } from 'vitest'
import { drawFindings } from '../../src/comparison/findings/index.ts'
import { findingIds, findingMetrics, findings } from '../../src/comparison/findings/registry.ts'
import { judge } from '../../src/comparison/judge.ts'
import { metricNames } from '../../src/scenario/metrics.ts'
import { behaviourRecords } from './behaviour-records.ts'
import { climbedScenario } from './capacity-parts.ts'
import { sampleRecord } from './record-factory.ts'
import { recordOf } from './record-parts.ts'

test('every finding is drawn from a run of everything, and every figure that it returns is one that it declares', () => {
  const climbed = climbedScenario({ nginx: { aloneMs: 0.2, mostPerSecond: 12_000, cpuUs: 40 } })
  const drawn = drawFindings(recordOf([...sampleRecord().scenarios, ...behaviourRecords(), climbed]))
  expect(new Set(drawn.map(({ id }) => id))).toEqual(new Set(findingIds))
  const clients = { web: {}, greedy: {}, polite: {}, stranger: {}, alice: {}, guesser: {}, desktop: {} }
  const named = { clients, origins: { 'in-turn': {}, 'least-busy': {} } }
  for (const { id, metrics } of findings) {
    const returned = drawn
      .filter((each) => each.id === id)
      .flatMap((each) => Object.values(each.metrics).flatMap((own) => Object.keys(own)))
    const declared = metricNames(metrics, named)
    expect([...new Set(returned)].filter((name) => !declared.includes(name))).toEqual([])
    for (const metric of metrics) {
      const given = returned.some((each) => metricNames([metric], named).includes(each))
      expect(`${id} ${metric.name} ${given}`).toBe(`${id} ${metric.name} true`)
    }
  }
})

test('ids are in kebab case and each there once; the verdict comes first', () => {
  expect(new Set(findingIds).size).toBe(findingIds.length)
  for (const id of findingIds) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(findingIds[0]).toBe('verdict')
})

test('a figure that can exist and was not measured is unjudged, with the reason', () => {
  const record = sampleRecord()
  const expecting = {
    ...record,
    scenarios: record.scenarios.map((each) => ({
      ...each,
      scenario: {
        ...each.scenario,
        expect: [
          {
            finding: 'caching',
            system: 'direct',
            metric: 'hitP50Ms',
            comparison: { op: '<' as const, value: 5 },
            text: '< 5',
          },
        ],
      },
    })),
  }
  const judged = judge(expecting, drawFindings(expecting)).filter(({ metric }) => metric === 'hitP50Ms')
  expect(judged.map(({ state, received }) => `${state}: ${received}`)).toContain(
    'unjudged: a probe of its cache failed, or it answered nothing from a cache',
  )
  expect(findingMetrics.find(({ id }) => id === 'caching')?.feature).toBe('cache')
})
