/** Latency from rounds: figures, and ratios that are judged where one system was measured twice. */
import { isEmulated } from '../../../../../measurement/emulated.ts'
import type { ScenarioRecord } from '../../../../../measurement/run-record.ts'
import { answersOf, unexpectedTable } from '../../../../answers.ts'
import type { Drawn } from '../../../module.ts'
import { cautions } from '../cautions.ts'
import { percentileChart, timeLine } from '../charts.ts'
import { refusedTable, timesOf, untoldNotes } from '../tables.ts'
import { briefOf } from './brief.ts'
import { compare } from './compared.ts'
import { noiseNotes } from './noise.ts'
import { sentencesOf } from './sentences.ts'
import { acceptedTable } from './table.ts'

export function drawRounds(scenario: ScenarioRecord): Drawn {
  const compared = compare(scenario)
  const { baseline, withheld, intervals, rows } = compared
  const systems = rows.map(({ system }) => system)
  const timed = systems.filter((system) => !isEmulated(system))
  return {
    verdict: sentencesOf(scenario, compared),
    brief: briefOf(scenario, compared),
    blocks: [
      acceptedTable(scenario, compared),
      ...refusedTable(scenario, systems),
      ...unexpectedTable(scenario),
      ...untoldNotes(scenario, systems),
      percentileChart(scenario, timed),
      timeLine(scenario, timed),
      ...noiseNotes(compared),
      ...cautions(scenario),
    ],
    metrics: Object.fromEntries(
      systems.map((system) => {
        const { answered, wrong: errors } = answersOf(scenario, system)
        if (withheld.has(system)) return [system.label, answered > 0 || errors > 0 ? { errors } : {}]
        const { p50: p50Ms, p99: p99Ms } = timesOf(scenario, system, 'accepted')
        const p50Ratio = baseline && withheld.has(baseline) ? undefined : intervals.get(system)?.ratio
        return [system.label, { p50Ms, p99Ms, errors, ...(p50Ratio === undefined ? {} : { p50Ratio }) }]
      }),
    ),
  }
}
