import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { fromCacheWords } from '../../../../policy/policy.ts'
import { ofKind } from '../../../answers.ts'
import type { ChartBlock } from '../../../finding.ts'
import { bySecond, claims, countOf, roundsOf, seriesOf, spansInWords } from '../../../rounds.ts'
import { tellsOfCache } from './row.ts'

export function offloadChart(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): ChartBlock {
  const series = subjects
    .filter(
      (subject) =>
        claims(subject, 'cache') &&
        tellsOfCache(seriesOf(scenario, roundsOf(scenario, subject.label), ({ status }) => status === 200)),
    )
    .map((system) => {
      const { label } = system
      const accepted = ofKind('accepted', scenario, system)
      const points = bySecond(scenario, label).map(([at, every]) => {
        const all = every.filter(accepted)
        const hits = countOf(all.filter(({ cache }) => fromCacheWords.includes(cache)))
        const total = countOf(all)
        return [at, total === 0 ? null : Math.round((hits / total) * 1000) / 10] as const
      })
      return { name: label, points }
    })
  const last = series.map(
    ({ name, points }) => `${name} ${points.map(([, y]) => (y === null ? '–' : `${Math.round(y)} %`)).join(', ')}`,
  )
  return {
    kind: 'chart',
    shape: 'line',
    title: `Answered from the cache, ${spansInWords(scenario)}`,
    x: { title: 'seconds from the start of a round (all rounds pooled)', scale: 'linear' },
    y: { title: 'from the cache, %', scale: 'linear' },
    series,
    summary:
      series.length === 0
        ? 'No system was measured that has a cache and tells of it.'
        : `Share from the cache, ${spansInWords(scenario)}: ${last.join('; ')}.`,
  }
}
