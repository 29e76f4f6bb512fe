/** A scenario in slices as its events: twelve systems and a duplicate, two of four starts, one system that cannot run. */
import type { ExperimentEvent, KnownInterval, SliceFigures } from '../../src/experiment/events.ts'
import { probeOf } from '../comparison/record-parts.ts'
import { called } from './live-events.ts'
import { sampleRound } from './sample-model.ts'

const scenario = 'overhead'
const question = 'What does one hop through a proxy cost?'
const budgetMs = 60_000

export const twelve = [
  'nginx',
  'nginx-lua',
  'nginx-njs',
  'haproxy',
  'envoy',
  'traefik',
  'caddy',
  'kong',
  'aws-api-gateway',
  'node-proxy',
  'node-gateway',
]
const measured = ['direct', ...twelve.filter((label) => label !== 'kong'), 'nginx-2']

export const slicesStarted: ExperimentEvent = {
  type: 'run-started',
  run: '2026-11-24-0915-7f3a',
  runtime: 'processes',
  reason: 'no engine answers',
  seed: 7,
  scenarios: [{ id: scenario, question, measure: 'slices', rounds: 0, precision: 0.05, expectedMs: 70_000 }],
  systems: twelve,
  expectedMs: 73_000,
}

export function sliceOf(label: string, more: Partial<SliceFigures> = {}): SliceFigures {
  const p50Us = 400 + 60 * measured.indexOf(label)
  const cpuUsPerAnswer = label === 'direct' ? null : p50Us / 10
  const base = { label, sent: 40, answered: 40, unexpected: [], failed: 0, flags: [], again: false }
  return { ...base, p50Us, cpuUsPerAnswer, ...more }
}

export const startBegan = (start: number): ExperimentEvent => ({
  type: 'start-began',
  scenario,
  start,
  of: 4,
  elapsedMs: start * 12_000,
  budgetMs,
})

export const blockFinished = (start: number, block: number): ExperimentEvent => ({
  type: 'block-finished',
  scenario,
  start,
  block,
  of: 6,
  elapsedMs: start * 12_000 + (block + 1) * 1500,
  budgetMs,
  slices: measured.map((label) => sliceOf(label, { failed: label === 'traefik' && block === 0 ? 2 : 0 })),
})

export function knownOf(width: number): readonly KnownInterval[] {
  return measured.slice(1).flatMap((label, at) =>
    (['p50', 'cpu'] as const).flatMap((metric) => {
      if (metric === 'cpu' && label === 'nginx') return []
      const reference = metric === 'cpu' ? 'nginx' : 'direct'
      const ratio = 1 + at / 10
      const own = width * (1 + at / 20)
      return [{ metric, label, reference, ratio, low: ratio / (1 + own), high: ratio * (1 + own), isOpen: own > 0.05 }]
    }),
  )
}

export const startFinished = (start: number, width: number, stopped?: string): ExperimentEvent => ({
  type: 'start-finished',
  scenario,
  start,
  of: 4,
  elapsedMs: (start + 1) * 12_000,
  budgetMs,
  rounds: measured.map((label) => sampleRound(label, start)),
  known: start === 0 ? [] : knownOf(width),
  ...(stopped === undefined ? {} : { stopped }),
})

const blocks = (start: number): readonly ExperimentEvent[] =>
  Array.from({ length: 6 }, (_, block) => blockFinished(start, block))

/** Until the third block of the third start. */
export const halfOfSlices: readonly ExperimentEvent[] = [
  slicesStarted,
  { type: 'scenario-started', scenario, question },
  ...measured
    .flatMap((label) => called(label, label === 'direct' ? [] : [probeOf('routes', 'passed')]))
    .map((event) => ({ ...event, scenario }) as ExperimentEvent),
  {
    type: 'subject-unavailable',
    scenario,
    label: 'kong',
    reason: 'its binary is not here',
    remedy: 'edgelab get kong',
  },
  ...[0, 1].flatMap((start) => [startBegan(start), ...blocks(start), startFinished(start, 0.04)]),
  startBegan(2),
  blockFinished(2, 0),
  blockFinished(2, 1),
  blockFinished(2, 2),
]
export const restOfSlices: readonly ExperimentEvent[] = [
  startFinished(2, 0.02, 'Every interval is within ±5 % or shows a difference, after 3 starts.'),
  { type: 'scenario-finished', scenario },
  { type: 'run-finished', run: '2026-11-24-0915-7f3a', partial: false },
]
