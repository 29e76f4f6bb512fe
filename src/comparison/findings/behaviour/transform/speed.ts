import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatBytes, formatMs } from '../../../../units.ts'
import { ofKind } from '../../../answers.ts'
import { table } from '../../../blocks.ts'
import { countOf, latencyOf, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'

export function speedTable(scenario: ScenarioRecord, subjects: readonly SystemRecord[]) {
  const phases = scenario.scenario.traffic.filter(({ measured }) => measured)
  const rows = phases.flatMap(({ phase }) =>
    Object.keys(scenario.scenario.clients).flatMap((client) =>
      subjects.map((system) => {
        const { label } = system
        const accepted = ofKind('accepted', scenario, system)
        const series = seriesOf(
          scenario,
          roundsOf(scenario, label),
          (each) => each.phase === phase && each.client === client && accepted(each),
        )
        const bytes = series.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)
        const count = countOf(series)
        return {
          phase,
          client,
          label,
          count,
          size: count === 0 ? 0 : bytes / count,
          p50: percentileMs(latencyOf(series), 50),
        }
      }),
    ),
  )
  return table(
    'Time and size',
    ['phase', 'client', 'system', '>requests', '>body', '>p50'],
    rows
      .filter(({ count }) => count > 0)
      .map((row) => [
        row.phase,
        row.client,
        row.label,
        String(row.count),
        formatBytes(Math.round(row.size)),
        formatMs(row.p50),
      ]),
    'Of accepted answers. A body of the same size as the web client’s has not been transformed.',
  )
}
