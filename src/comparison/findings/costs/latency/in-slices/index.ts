/** Latency from slices: every ratio is taken within a block, where both sides met the same machine. */
import { isEmulated } from '../../../../../measurement/emulated.ts'
import type { Declaration } from '../../../../../systems/declarations.ts'
import { answersOf, unexpectedTable } from '../../../../answers.ts'
import { comparedBy } from '../../../../costs/judged.ts'
import type { SlicedScenario } from '../../../../costs/sliced.ts'
import { comparedSystems, measuredSystems } from '../../../../rounds.ts'
import type { Drawn } from '../../../module.ts'
import { cautions } from '../cautions.ts'
import { percentileChart, titleOf } from '../charts.ts'
import { refusedTable, untoldNotes } from '../tables.ts'
import { medianIntervals, tailIntervals } from './intervals.ts'
import { sentencesOf, silentSystems } from './sentences.ts'
import { acceptedTable, timesOf } from './table.ts'
import { timeLine } from './time-line.ts'

export function drawSlices(scenario: SlicedScenario, declared?: readonly Declaration[]): Drawn {
  const compared = comparedBy('p50', scenario, declared)
  const silent = silentSystems(scenario)
  const systems = measuredSystems(scenario)
  const shown = comparedSystems(scenario).filter((system) => !isEmulated(system))
  return {
    verdict: sentencesOf(scenario, compared),
    blocks: [
      ...medianIntervals(scenario, compared, silent),
      acceptedTable(scenario, compared, silent),
      ...tailIntervals(scenario, compared, silent),
      ...refusedTable(scenario, systems),
      ...unexpectedTable(scenario),
      ...untoldNotes(scenario, systems),
      percentileChart(scenario, shown),
      timeLine(scenario, shown, titleOf('Median latency in the course of the run', scenario, shown)),
      ...cautions(scenario, declared),
    ],
    metrics: Object.fromEntries(
      systems.map((system) => {
        const { answered, wrong: errors } = answersOf(scenario, system)
        if (silent.has(system)) return [system.label, answered > 0 || errors > 0 ? { errors } : {}]
        const { p50: p50Ms = Number.NaN, p99: p99Ms = Number.NaN } = timesOf(scenario, system)
        const own = compared.judged.find(({ comparison }) => comparison.label === system.label)
        const toDirect = compared.reference?.kind === 'baseline' && !silent.has(compared.reference)
        return [system.label, { p50Ms, p99Ms, errors, ...(own && toDirect ? { p50Ratio: own.interval.ratio } : {}) }]
      }),
    ),
  }
}
