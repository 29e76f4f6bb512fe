/** CPU from rounds: figures, and a comparison where one system was measured twice. */
import type { ScenarioRecord } from '../../../../../measurement/run-record.ts'
import { note, table } from '../../../../blocks.ts'
import { doubtInWords } from '../../../../doubt.ts'
import type { TableBlock } from '../../../../finding.ts'
import { comparedSystems } from '../../../../rounds.ts'
import type { Drawn } from '../../../module.ts'
import {
  cellsOf,
  comparedWithin,
  nobodyAnswered,
  type Priced,
  pricedOf,
  refusedCaption,
  withoutFigure,
} from '../priced.ts'
import { sentencesOf, spanInWords } from './sentences.ts'

export function drawRounds(scenario: ScenarioRecord): Drawn {
  const rows = pricedOf(scenario)
  const priced = rows.filter(({ us }) => Number.isFinite(us)).sort((a, b) => a.us - b.us)
  const answered = priced.filter(({ withheld }) => !withheld)
  const doubtful = doubtInWords(scenario)
  const someRefused = rows.some(({ refused }) => refused > 0)
  const systems = comparedSystems(scenario)
  // Neither direct nor a duplicate is a comparison.
  const compared = answered.filter(({ system }) => system.kind !== 'baseline' && systems.includes(system))
  const nobody = priced.length > 0 && answered.length === 0
  return {
    verdict: nobody ? [nobodyAnswered] : sentencesOf(scenario, compared),
    brief: {
      verdict: nobody ? [nobodyAnswered] : sentencesOf(scenario, compared, spanInWords),
      blocks: [briefTable(rows.filter(({ system }) => systems.includes(system) && system.kind !== 'baseline'))],
    },
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
        rows.map((row) => {
          const { cpu, refused, range, origins, memory } = cellsOf(row)
          return [row.label, cpu, ...(someRefused ? [refused] : []), range, origins, memory]
        }),
        'CPU time of all of a system’s processes at the borders of a round, by requests answered; median of the rounds, with the smallest and largest. ' +
          comparedWithin +
          (someRefused ? refusedCaption : ''),
      ),
      ...withoutFigure(rows),
      ...(doubtful.length > 0
        ? [note(`Doubtful rounds: ${doubtful.join('; ')}. Ratios that rest on them are withheld.`, 'warning')]
        : []),
    ],
    metrics: Object.fromEntries(answered.map(({ label, us }) => [label, { cpuUsPerRequest: us }])),
  }
}

/** For a lesson: what a request costs each system, and how far apart its rounds lay. */
function briefTable(rows: readonly Priced[]): TableBlock {
  const someRefused = rows.some(({ refused }) => refused > 0)
  return table(
    'CPU per request',
    ['system', '>CPU per request', ...(someRefused ? ['>refused'] : []), '>rounds gave'],
    rows.map((row) => {
      const { cpu, refused, range } = cellsOf(row)
      return [row.label, cpu, ...(someRefused ? [refused] : []), range]
    }),
    `CPU time of the system by requests answered. ${comparedWithin}`,
  )
}
