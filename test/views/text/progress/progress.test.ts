import { expect, test } from 'vitest'
import type { ExperimentEvent } from '../../../../src/experiment/events.ts'
import type { ProbeRecord } from '../../../../src/measurement/run-record.ts'
import { progressLines } from '../../../../src/views/text/progress/progress.ts'
import { halfOfSlices, restOfSlices } from '../../live-slices-events.ts'
import { hostileText, sampleRound } from '../../sample-model.ts'

const options = { columns: 200, color: false, unicode: true }
const at = { scenario: 'caching', label: 'nginx' } as const

const started: ExperimentEvent = {
  type: 'run-started',
  run: '2026-11-24-0915-7f3a',
  runtime: 'processes',
  reason: 'no engine answers',
  seed: 7,
  scenarios: [
    {
      id: 'caching',
      question: 'Does a cache at the edge spare the origin?',
      measure: 'rounds',
      rounds: 2,
      precision: 0.05,
      expectedMs: 17_000,
    },
  ],
  systems: ['nginx'],
  expectedMs: 20_000,
}

const probe = (state: ProbeRecord['state'], feature: ProbeRecord['feature'] = 'cache'): ExperimentEvent => ({
  type: 'probe-finished',
  ...at,
  probe: {
    id: `${feature}.0.hit`,
    feature,
    line: `${feature}.0`,
    claim: 'a second request comes from the cache',
    state,
    expected: '1 request at the origin',
    received: '2 requests at the origin',
    evidence: [],
  },
})

const round = (index: number): ExperimentEvent => ({
  type: 'round-finished',
  scenario: 'caching',
  round: sampleRound('nginx', index),
  of: 2,
  unexpected: [],
})
const roundStarted: ExperimentEvent = { type: 'round-started', ...at, index: 0, of: 2 }

test('the start says what will run and about how long', () => {
  expect(progressLines(options)(started)).toEqual([
    'run 2026-11-24-0915-7f3a · processes · 1 scenario · seed 7 · about 20 s',
    'processes: no engine answers',
    'systems: nginx',
  ])
})

test('answers that the scenario does not expect are in the line of their round, with their statuses', () => {
  const lines = progressLines(options)
  lines(started)
  const wrong = { ...round(1), unexpected: [[404, 20] as const, [502, 1] as const] } as ExperimentEvent
  expect(lines(wrong).join('')).toContain('2xx 900  not expected 404 ×20, 502 ×1  ')
})

test('a round is one line with its figures, from the record itself', () => {
  const lines = progressLines(options)
  lines(started)
  expect(lines(round(1))).toEqual([
    expect.stringMatching(
      /^caching {2}round 2 of 2 {2}nginx {2}900 sent {2}p50 0\.22 ms {2}p99 9\.1 ms {2}2xx 900 {2}from cache 83 % {2}origin saw 150/,
    ),
  ])
})

test('figures of systems with names of different length stand under each other; time left is said once in a round', () => {
  const lines = progressLines(options)
  lines({ ...started, systems: ['nginx', 'node-gateway'] } as ExperimentEvent)
  const second = { ...sampleRound('node-gateway', 0), position: 1 }
  const [first = ''] = lines(round(0))
  const [other = ''] = lines({ type: 'round-finished', scenario: 'caching', round: second, of: 2, unexpected: [] })
  expect(first.indexOf('900 sent')).toBe(other.indexOf('900 sent'))
  expect([first.includes('left'), other.includes('left')]).toEqual([true, false])
})

test('time left follows the pace of the finished rounds, and ends with the last one', () => {
  let clock = 0
  const lines = progressLines(options, () => clock)
  lines(started)
  const direct = (index: number): ExperimentEvent => ({
    type: 'round-finished',
    scenario: 'caching',
    round: sampleRound('direct', index),
    of: 2,
    unexpected: [],
  })
  lines(direct(0))
  clock = 12_000
  expect(lines(round(0)).join()).toContain('10 s left')
  lines(direct(1))
  clock = 22_000
  expect(lines(round(1)).join()).not.toContain('left')
})

test('who takes no part takes no time', () => {
  let clock = 0
  const lines = progressLines(options, () => clock)
  lines({ ...started, systems: ['nginx', 'node-proxy'] } as ExperimentEvent)
  lines({ type: 'subject-failed', scenario: 'caching', label: 'node-proxy', reason: 'it ended', logTail: '' })
  lines({ ...round(0), round: sampleRound('direct', 0) } as ExperimentEvent)
  clock = 12_000
  expect(lines(round(0)).join()).toContain('10 s left')
})

test('proof is one line for each system, when the run goes on', () => {
  const lines = progressLines(options)
  lines(started)
  expect(lines(probe('passed'))).toEqual([])
  expect(lines(probe('skipped', 'transform'))).toEqual([])
  expect(lines(roundStarted)).toEqual(['caching  nginx  proof ✓ 1/1 (1 not claimed: transform)'])
  expect(lines(roundStarted)).toEqual([])
})

test('a part of a feature that is not claimed is not taken for the whole of it', () => {
  const lines = progressLines(options)
  for (const event of [started, probe('passed'), probe('skipped')]) lines(event)
  expect(lines(roundStarted)).toEqual(['caching  nginx  proof ✓ 1/1 (1 not claimed: part of cache)'])
})

test('a failed probe says at once what was expected and received', () => {
  const lines = progressLines(options)
  expect(lines(probe('failed'))).toEqual([
    'caching  nginx  ✗ cache.0.hit: a second request comes from the cache',
    '    expected  1 request at the origin',
    '    received  2 requests at the origin',
  ])
  expect(lines({ type: 'scenario-finished', scenario: 'caching' })).toEqual(['caching  nginx  proof ✗ 0/1'])
})

test('the same system is proved anew in the next scenario', () => {
  const lines = progressLines(options)
  lines(probe('passed'))
  lines({ type: 'scenario-finished', scenario: 'caching' })
  lines({ ...probe('passed'), scenario: 'overhead' } as ExperimentEvent)
  expect(lines({ type: 'scenario-finished', scenario: 'overhead' })).toEqual(['overhead  nginx  proof ✓ 1/1'])
})

test('frames add nothing', () => {
  const frame = {
    atMs: 250,
    sent: 1,
    answered: 1,
    inFlight: 0,
    series: [],
    slots: [],
    lateness: '',
    failures: {},
    faults: {},
    busyMs: 0,
    connected: 0,
  }
  expect(progressLines(options)({ type: 'frame', ...at, index: 0, frame, unexpected: [] })).toEqual([])
})

test('what failed shows its log, harmless and indented, within the width', () => {
  const lines = progressLines({ ...options, columns: 60 })({
    type: 'subject-failed',
    ...at,
    reason: `did not answer ${hostileText}`,
    logTail: `line one\n${hostileText}`,
  })
  expect(lines[0]).toMatch(/^caching {2}nginx {2}✗ failed: did not answer/)
  expect(lines).toContain('    line one')
  expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u202e]/)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
})

test('in slices: a line for each start and system, none for a slice, then what the run waits for', () => {
  const lines = progressLines({ columns: 120, color: false, unicode: true }, () => 0)
  const all = [...halfOfSlices, ...restOfSlices].flatMap((event) => lines(event))
  const ofNginx = all.filter((line) => / nginx {2}/.test(line) && line.includes('start'))
  expect(ofNginx).toHaveLength(3)
  expect(ofNginx[0]).toMatch(/^overhead {2}start 1 of 4 {2}nginx +900 sent {2}p50 [^×]*2xx/)
  expect(ofNginx[1]).toMatch(/p50 \S+ ms ×1\.00 ±4 %/)
  expect(all).toContainEqual(
    expect.stringMatching(/^overhead {2}start 2 of 4 {2}11 of 21 comparisons known; widest: p50 of nginx-2, ±6 %/),
  )
  expect(all).toContainEqual(expect.stringContaining('start 3 of 4  Every interval is within ±5 %'))
  expect(all.length).toBeLessThan(70)
})
