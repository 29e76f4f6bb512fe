/** How requests spread over instances that are not alike, judged from what the instances counted. */
import type { ScenarioRecord } from '../../../../measurement/run-record.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { cell, list, note, table } from '../../../blocks.ts'
import type { Block, ChartBlock } from '../../../finding.ts'
import { absence, disproved, measuredSystems } from '../../../rounds.ts'
import type { Drawn, ScenarioFinding } from '../../module.ts'
import { balancedOrigins, type Row, rowOf } from './row.ts'
import { said } from './sentences.ts'

const noneSlow = ({ origins }: Scenario): string | undefined =>
  Object.values(origins).some(({ slow }) => slow) ? undefined : 'no origin has an instance that is slow'

export const balancing: ScenarioFinding<'balancing'> = {
  id: 'balancing',
  of: 'scenario',
  title: 'Balancing',
  question: 'Which instance gets how many requests when they are not alike, and what does the tail pay?',
  feature: 'balancing',
  metrics: [
    {
      name: 'slowShare.*',
      each: 'origin',
      unit: 'share',
      meaning: 'share of the origin’s requests that its slow instance got, by its own count',
      missing: 'a probe of its balancing failed, the origin has no slow instance, or it was not asked',
      impossible: noneSlow,
    },
    {
      name: 'busiestShare.*',
      each: 'origin',
      unit: 'share',
      meaning: 'share of the origin’s requests that its busiest instance got, by its own count',
      missing: 'a probe of its balancing failed, or the origin was not asked or has one instance only',
    },
    {
      name: 'p90Ms.*',
      each: 'origin',
      unit: 'ms',
      meaning: 'latency that one accepted answer of the origin in ten exceeds',
      missing: 'a probe of its balancing failed, or nothing of the origin was accepted',
    },
  ],
  // Plain turns over instances that are alike say nothing that a probe does not.
  applies: ({ policy, origins }) =>
    policy.balancing.some(({ method }) => method !== 'round-robin') || Object.values(origins).some(({ slow }) => slow),
  draw,
}

function draw(record: ScenarioRecord): Drawn {
  const all = measuredSystems(record)
  const subjects = all.filter((subject) => !disproved(subject, 'balancing'))
  const broken = all.filter((subject) => disproved(subject, 'balancing'))
  const origins = balancedOrigins(record.scenario)
  const rows = subjects.flatMap((subject) => origins.map((origin) => rowOf(record, subject, origin)))
  const none = subjects.filter(({ label }) => rows.some((row) => row.label === label && !row.balances))
  const verdict = said(rows)
  return {
    verdict: verdict.length > 0 ? verdict : ['No system that was measured balances.'],
    blocks: [
      countTable(rows),
      ...(rows.some(({ slowShare }) => Number.isFinite(slowShare)) ? [slowChart(rows)] : []),
      ...(none.length > 0
        ? [
            note(
              `${list(none.map(({ label }) => label))} ${none.length === 1 ? 'does' : 'do'} not balance: where its requests spread, something else did that.`,
            ),
          ]
        : []),
      ...broken.map(({ label }) =>
        note(`${label} is left out: a probe of its balancing failed (see Proof).`, 'warning'),
      ),
      ...record.subjects.flatMap((subject) => absence(record, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(
      subjects.map(({ label }) => [
        label,
        Object.fromEntries(rows.filter((row) => row.label === label).flatMap(figures)),
      ]),
    ),
  }
}

function figures({ origin, counts, slowShare, p90Ms }: Row): readonly (readonly [name: string, value: number])[] {
  return [
    [`slowShare.${origin}`, slowShare],
    [`busiestShare.${origin}`, Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0)],
    [`p90Ms.${origin}`, p90Ms],
  ]
}

function countTable(rows: readonly Row[]): Block {
  const most = Math.max(0, ...rows.map(({ instances }) => instances))
  const places = Array.from({ length: most }, (_, index) => index)
  return table(
    'Which instance got how many',
    ['origin', 'method', 'system', ...places.map((at) => `>instance ${at + 1}`), '>p50', '>p90'],
    rows.map((row) => [
      row.origin,
      row.balances ? row.method : cell('none of its own', 'muted'),
      row.label,
      ...places.map((at) => {
        const count = row.counts[at]
        if (count === undefined) return ''
        return row.slow?.instance === at + 1
          ? cell(`${formatNumber(count)} slow (${formatShare(row.slowShare)})`)
          : formatNumber(count)
      }),
      formatMs(row.p50Ms),
      formatMs(row.p90Ms),
    ]),
    'Counts are the instances’ own, over all rounds; times are of accepted answers.',
  )
}

function slowChart(rows: readonly Row[]): ChartBlock {
  const slow = rows.filter(({ slowShare, balances }) => Number.isFinite(slowShare) && balances)
  const origins = [...new Set(slow.map(({ origin }) => origin))]
  const share = ({ slowShare }: Row): number => Math.round(slowShare * 1000) / 10
  const series = [...Map.groupBy(slow, ({ label }) => label)].map(([name, own]) => ({
    name,
    points: own.map((row) => [origins.indexOf(row.origin), share(row)] as const),
  }))
  const words = [...Map.groupBy(slow, ({ origin }) => origin)].map(
    ([origin, own]) => `of ${origin} ${list(own.map((row) => `${row.label} ${formatShare(row.slowShare)}`))}`,
  )
  return {
    kind: 'chart',
    shape: 'bar',
    title: 'What the slow instance got',
    x: { title: 'origin', scale: 'category', labels: origins.map((origin) => labelOf(slow, origin)) },
    y: { title: 'of its origin’s requests, %', scale: 'linear' },
    series,
    summary: `Share of the slow instance: ${words.join('; ')}.`,
  }
}

function labelOf(rows: readonly Row[], origin: string): string {
  return `${origin} (${rows.find((row) => row.origin === origin)!.method})`
}
