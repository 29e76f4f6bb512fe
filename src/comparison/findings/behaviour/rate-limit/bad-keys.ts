/** Requests with an unknown key: which system answers them, how fast, and whose limit they use up. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatMs, formatNumber } from '../../../../units.ts'
import { refusedShare } from '../../../answers.ts'
import { cpuInWords, note, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { countOf, cpuPerRequest, latencyOf, medianOver, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'
import { keyRefusalsSeen } from './clients.ts'

export function badKeyTable(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): Block {
  const strangers = Object.entries(scenario.scenario.clients)
    .filter(([, { consumer }]) => consumer === undefined)
    .map(([name]) => name)
  if (scenario.scenario.policy.apiKey.length === 0 || strangers.length === 0)
    return note('No client of this scenario sends a bad key.')
  const refusals = keyRefusalsSeen(scenario)
  return table(
    'What a bad key costs',
    [
      'system',
      '>bad keys sent',
      ...refusals.map((status) => `>answered ${status}`),
      '>answered 429',
      '>reached the origin',
      '>refused in (p50)',
      '>CPU per request, whole round',
    ],
    subjects.map((system) => {
      const { label } = system
      const rounds = roundsOf(scenario, label)
      const series = seriesOf(scenario, rounds, ({ client }) => strangers.includes(client))
      const of = (status: number): number => countOf(series.filter((each) => each.status === status))
      const cpu = medianOver(rounds, cpuPerRequest('system'))
      return [
        label,
        formatNumber(countOf(series)),
        ...refusals.map((status) => formatNumber(of(status))),
        formatNumber(of(429)),
        // What was answered 200 came from there: no system here makes up a 200.
        formatNumber(of(200)),
        formatMs(
          percentileMs(latencyOf(series.filter(({ status }) => status === 429 || refusals.includes(status))), 50),
        ),
        cpuInWords(cpu, refusedShare(scenario, system)),
      ]
    }),
    'A system that counts before it looks at the key answers 429 to strangers, and may let them use up what belongs to customers.',
  )
}
