/** What a request costs in CPU time: steadier than requests per second on a small, noisy machine. */
import { isEmulated } from '../../../../measurement/emulated.ts'
import { formatBytes, formatNumber, formatShare } from '../../../../units.ts'
import { answersOf, refusedShare, whyWithheld } from '../../../answers.ts'
import { list, note, table } from '../../../blocks.ts'
import { doubtInWords } from '../../../doubt.ts'
import { cpuPerRequest, measuredSystems, medianOver, roundsOf } from '../../../rounds.ts'
import type { ScenarioFinding } from '../../module.ts'
import { sentencesOf, us } from './sentences.ts'

export const cpu: ScenarioFinding<'cpu'> = {
  id: 'cpu',
  of: 'scenario',
  title: 'CPU',
  question: 'What does a request cost in CPU time?',
  feature: null,
  metrics: [
    {
      name: 'cpuUsPerRequest',
      unit: 'µs',
      meaning: 'CPU time of the system by requests answered, median of the rounds',
      missing: 'its CPU time could not be read, or it did not answer as the scenario expects',
    },
  ],
  // There it is told at the knee.
  applies: ({ measure }) => measure !== 'capacity',
  draw: (scenario) => {
    const rows = measuredSystems(scenario).map((subject) => {
      const { label, kind } = subject
      const rounds = roundsOf(scenario, label)
      const each = rounds.map(cpuPerRequest('system')).filter((us) => us !== null)
      return {
        label,
        kind,
        emulated: isEmulated(subject),
        us: medianOver(rounds, cpuPerRequest('system')),
        low: Math.min(...each),
        high: Math.max(...each),
        origins: medianOver(rounds, cpuPerRequest('origins')),
        memory: medianOver(rounds, ({ memoryBytes }) => memoryBytes),
        refused: refusedShare(scenario, subject),
        withheld: whyWithheld(answersOf(scenario, subject)) !== undefined,
      }
    })
    const priced = rows.filter(({ us }) => Number.isFinite(us)).sort((a, b) => a.us - b.us)
    const answered = priced.filter(({ withheld }) => !withheld)
    const without = rows.filter(({ us, emulated }) => !emulated && !Number.isFinite(us)).map(({ label }) => label)
    const doubtful = doubtInWords(scenario)
    const someRefused = rows.some(({ refused }) => refused > 0)
    return {
      verdict:
        priced.length > 0 && answered.length === 0
          ? ['No system answered as the scenario expects: what its requests cost says nothing.']
          : sentencesOf(
              scenario,
              // Neither direct nor its duplicate is a comparison.
              answered.filter(({ kind }) => kind !== 'baseline'),
            ),
      blocks: [
        table(
          'CPU per request and memory',
          [
            'system',
            '>CPU per request',
            ...(someRefused ? ['>refused'] : []),
            '>least – most',
            '>origins per request',
            '>memory',
          ],
          rows.map((row) => [
            row.label,
            row.emulated ? 'emulated' : us(row.us),
            ...(someRefused ? [Number.isFinite(row.refused) ? formatShare(row.refused) : '–'] : []),
            Number.isFinite(row.us) ? `${formatNumber(row.low)} – ${formatNumber(row.high)} µs` : '–',
            row.emulated ? '–' : us(row.origins),
            Number.isFinite(row.memory) ? formatBytes(Math.round(row.memory)) : '–',
          ]),
          'CPU time of all of a system’s processes at the borders of a round, by requests answered; median of the rounds, with the smallest and largest. ' +
            'Compare within this run: the same work costs more on a slower or colder machine.' +
            (someRefused
              ? ' Refused: share of the answers in the measured phases that were expected refusals; one costs little, so compare systems that refuse alike.'
              : ''),
        ),
        ...(without.length > 0 ? [note(`Without a figure of their own: ${list(without)}.`)] : []),
        ...(doubtful.length > 0
          ? [note(`Doubtful rounds: ${doubtful.join('; ')}. Ratios that rest on them are withheld.`, 'warning')]
          : []),
      ],
      metrics: Object.fromEntries(answered.map(({ label, us }) => [label, { cpuUsPerRequest: us }])),
    }
  },
}
