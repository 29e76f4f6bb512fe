/** How many requests a second each system carries, with how many connections, and what stops it there. */
import { unexpectedTable } from '../../../answers.ts'
import type { ScenarioFinding } from '../../module.ts'
import { cautions } from './cautions.ts'
import { climbedIn } from './climbed.ts'
import { kneeTable, latencyChart, throughputChart } from './evidence.ts'
import { refereedBlocks } from './refereed.ts'
import { sentencesOf } from './sentences.ts'

const noKnee = 'it carried nothing, or not enough was answered as the scenario expects'

export const capacity: ScenarioFinding<'capacity'> = {
  id: 'capacity',
  of: 'scenario',
  title: 'Capacity',
  question: 'How many requests a second does each system carry, and what stops it there?',
  feature: null,
  metrics: [
    {
      name: 'perSecond',
      unit: 'requests a second',
      meaning: 'requests a second with the fewest connections that bring nearly the most, median of the starts',
      missing: noKnee,
    },
    {
      name: 'p50Ms',
      unit: 'ms',
      meaning: 'median latency there, from send to answer',
      missing: noKnee,
    },
    {
      name: 'cpuUsPerRequest',
      unit: 'µs',
      meaning: 'CPU time of the system for one request there',
      missing: 'its CPU time could not be read, or it did not answer as the scenario expects',
    },
    {
      name: 'errors',
      unit: 'requests',
      meaning: 'requests that were not answered as the scenario expects, over all steps',
      missing: 'nothing was sent',
    },
  ],
  applies: ({ measure }) => measure === 'capacity',
  draw: (scenario) => {
    const { capacity: record } = scenario
    if (!record) return { verdict: ['No step of the ladder was finished.'], blocks: [], metrics: {} }
    const all = climbedIn(scenario)
    const starts = new Set(record.steps.map(({ start }) => start)).size
    return {
      verdict: sentencesOf(all, starts),
      blocks: [
        kneeTable(all, starts),
        throughputChart(all, record),
        latencyChart(all),
        ...refereedBlocks(
          record.referee,
          all.map(({ subject }) => subject.label),
        ),
        ...unexpectedTable(scenario),
        ...cautions(scenario, record, all),
      ],
      metrics: Object.fromEntries(
        all.map(({ subject, knee, errors }) => [
          subject.label,
          {
            errors,
            ...(knee
              ? { perSecond: knee.perSecond, p50Ms: knee.p50Us / 1000, cpuUsPerRequest: knee.cpuUs.system }
              : {}),
          },
        ]),
      ),
    }
  },
}
