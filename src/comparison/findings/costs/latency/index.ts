/** How long answers took, against asking the origin directly. */
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord } from '../../../../measurement/run-record.ts'
import { answersOf, unexpectedTable } from '../../../answers.ts'
import type { Drawn, ScenarioFinding } from '../../module.ts'
import { cautions } from './cautions.ts'
import { percentileChart, timeLine } from './charts.ts'
import { compare } from './compared.ts'
import { sentencesOf } from './sentences.ts'
import { acceptedTable, refusedTable, timesOf, untoldNotes } from './tables.ts'

export const latency: ScenarioFinding<'latency'> = {
  id: 'latency',
  of: 'scenario',
  title: 'Latency',
  question: 'How long does an answer take, measured from the moment its request was scheduled?',
  feature: null,
  metrics: [
    {
      name: 'p50Ratio',
      unit: 'ratio',
      meaning: 'median latency by that of direct in the same round, of answers that both accepted',
      missing: 'it and direct accepted nothing that could be compared',
    },
    {
      name: 'p50Ms',
      unit: 'ms',
      meaning: 'median latency of accepted answers, from the moment the request was due',
      missing: 'it accepted nothing, or not enough was answered as the scenario expects',
    },
    {
      name: 'p99Ms',
      unit: 'ms',
      meaning: '99th percentile of the latency of accepted answers, from the moment the request was due',
      missing: 'it accepted nothing, or not enough was answered as the scenario expects',
    },
    {
      name: 'errors',
      unit: 'requests',
      meaning: 'requests that were not answered as the scenario expects, in all rounds',
      missing: 'nothing was sent',
    },
  ],
  // Over all numbers of connections of a ladder, a latency would be nobody’s.
  applies: ({ measure }) => measure !== 'capacity',
  draw,
  namesWithheld: true,
}

function draw(scenario: ScenarioRecord): Drawn {
  const compared = compare(scenario)
  const { baseline, withheld, intervals, rows } = compared
  const systems = rows.map(({ system }) => system)
  const timed = systems.filter((system) => !isEmulated(system))
  return {
    verdict: sentencesOf(scenario, compared),
    blocks: [
      acceptedTable(scenario, compared),
      ...refusedTable(scenario, compared),
      ...unexpectedTable(scenario),
      ...untoldNotes(scenario, compared),
      percentileChart(scenario, timed),
      timeLine(scenario, timed),
      ...cautions(scenario, compared),
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
