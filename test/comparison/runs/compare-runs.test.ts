import { expect, test } from 'vitest'
import { readBound } from '../../../src/comparison/runs/bound.ts'
import { compareRuns } from '../../../src/comparison/runs/compare-runs.ts'
import type { RunRecord } from '../../../src/measurement/run-record.ts'
import { comparisonMarkdown } from '../../../src/views/text/runs/markdown.ts'
import { comparisonText } from '../../../src/views/text/runs/text.ts'
import { sampleRecord } from '../record-factory.ts'
import { recordOf, roundOf, scenarioOf, scenarioRecordOf, subjectOf } from '../record-parts.ts'

interface Made {
  readonly ms?: number
  readonly cpuUs?: number
  readonly count?: number
  readonly starts?: number
  /** How much slower the whole machine is. */
  readonly machine?: number
}

function run({ ms = 2, cpuUs = 50, count = 2000, starts = 6, machine = 1 }: Made, more: Partial<RunRecord> = {}) {
  const indices = Array.from({ length: starts }, (_, index) => index)
  // Each start is a little luckier or unluckier than the next, differently for each system.
  const luck = (index: number, phase: number): number => machine * (1 + 0.01 * Math.sin(index * 2.4 + phase))
  const rounds = indices.flatMap((index) => [
    roundOf('direct', index, [{ ms: 1 * luck(index, 0), count }]),
    roundOf('nginx', index, [{ ms: ms * luck(index, 1), count }], { cpuUs: cpuUs * luck(index, 2) }),
  ])
  const scenario = scenarioRecordOf(scenarioOf(), [subjectOf('direct'), subjectOf('nginx')], rounds)
  return recordOf([scenario], more)
}

const bound = (text: string) => {
  const read = readBound(text)
  if (typeof read === 'string') throw new Error(read)
  return read
}
const first = (comparison: ReturnType<typeof compareRuns>) =>
  comparison.findings.find(({ id }) => id === 'changes')!.verdict.join(' ')

test('what became slower is claimed with its interval, what did not change is not', () => {
  const said = first(compareRuns(run({}), run({ ms: 2.3 })))
  expect(said).toMatch(/nginx: median latency is higher, \+1[3-7] % \(95 % interval \+\d/)
  expect(said).not.toContain('CPU per request is')
  expect(said).toMatch(/No detectable change in the other figures .* would have been seen in each/)
})

test('a slower machine alone changes no latency, as it is held against direct', () => {
  const { findings } = compareRuns(run({}), run({ machine: 1.4, cpuUs: 50 / 1.4 }))
  expect(findings.find(({ id }) => id === 'changes')!.verdict.join(' ')).not.toMatch(/nginx: median latency is/)
})

test('a bound is broken only with significance; equal runs keep it; two starts cannot tell', () => {
  const states = (before: RunRecord, after: RunRecord, text: string) =>
    compareRuns(before, after, [bound(text)]).bounds.map(({ change, state }) => `${change.label} ${state}`)
  expect(states(run({}), run({ ms: 2.6 }), 'nginx: p50 > +10%')).toEqual(['nginx broken'])
  expect(states(run({}), run({ ms: 2.1 }), 'nginx: p50 > +10%')).toEqual(['nginx kept'])
  expect(states(run({}), run({ ms: 2.2 }), 'nginx: p50 > +10%')).toEqual(['nginx open'])
  expect(states(run({}), run({ ms: 1.6 }), 'nginx: p50 < -10%')).toEqual(['nginx broken'])
  expect(states(run({ starts: 2 }), run({ ms: 9, starts: 2 }), 'nginx: p50 > +10%')).toEqual(['nginx unknown'])
  expect(states(run({}), run({ cpuUs: 80 }), 'cpu > +10%')).toEqual(['nginx broken'])
})

test('a p99 needs ten thousand answers', () => {
  const state = (count: number) =>
    compareRuns(run({ count }), run({ count, ms: 4 }), [bound('nginx: p99 > +10%')]).bounds.map(({ state }) => state)
  expect(state(1000)).toEqual(['unknown'])
  expect(state(2000)).toEqual(['broken'])
})

test('settings that differ are refused by their keys; words and expectations are none', () => {
  const changed = run({})
  const [record] = changed.scenarios
  const other = (more: object): RunRecord => ({
    ...changed,
    scenarios: [{ ...record!, scenario: { ...record!.scenario, ...more } }],
  })
  expect(() => compareRuns(run({}), other({ connections: 64 }))).toThrow(
    'overhead: connections is 32 in the first, 64 in the second',
  )
  expect(() => compareRuns(run({}), { ...run({}), runtime: 'containers' })).toThrow('runtime is processes')
  const faster = record!.scenario.traffic.map((phase) => ({ ...phase, forMs: 1 }))
  expect(() => compareRuns(run({}), other({ traffic: faster }))).toThrow('overhead: traffic.0.forMs')
  expect(compareRuns(run({}), other({ title: 'Another', expect: [] })).warnings).toEqual([])
  expect(() => compareRuns(run({}), { ...changed, scenarios: [] })).toThrow('no scenario in common')
})

test('another machine, another EdgeLab and another version are said', () => {
  const before = run({})
  const newer = { ...before.scenarios[0]!.subjects[1]!, version: '9.9.9' }
  const after = run({}, { edgelab: '0.2.0', host: { ...before.host, cores: 64 } })
  const [scenario] = after.scenarios
  const { warnings, versions } = compareRuns(before, {
    ...after,
    scenarios: [{ ...scenario!, subjects: [scenario!.subjects[0]!, newer] }],
  })
  expect(warnings.join(' ')).toMatch(/The machines differ \(cores 2, then 64\).*EdgeLab 0\.1\.0 made the first/)
  expect(versions).toEqual([expect.stringContaining('then 9.9.9')])
})

test('the same findings stand beside each other, and Markdown has at most 60 lines', () => {
  const record = sampleRecord()
  const comparison = compareRuns(record, record, [bound('p50 > +5%'), bound('cpu > +5%'), bound('p99 > +5%')])
  const ids = comparison.findings.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['bounds', 'changes', 'caching', 'rate-limit', 'effort']))
  const markdown = comparisonMarkdown(comparison)
  expect(markdown.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
  expect(markdown).toContain('Left out here')
  const text = comparisonText(comparison, { columns: 80, color: false, unicode: true })
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(text).not.toContain('undefined')
})

test.each([
  ['p99 > +10%', { metric: 'p99', side: 'above', change: 0.1, system: null }],
  ['nginx-lua: cpu>5%', { metric: 'cpu', side: 'above', change: 0.05, system: 'nginx-lua' }],
  ['p50 < -2.5 %', { metric: 'p50', side: 'below', change: -0.025 }],
] as const)('%s is a bound', (text, read) => {
  expect(readBound(text)).toMatchObject(read)
})

test.each([
  ['p98 > 5%', 'p50, p90, p99, cpu'],
  ['p99 is bad', 'write it like'],
  ['p99 > 10', 'write it like'],
  ['p50 < -100%', 'nothing falls by 100 %'],
])('%s is none, and why is said', (text, why) => {
  expect(readBound(text)).toContain(why)
})
