/** CPU from slices: each system against the first one that was launched, within blocks. */
import { isEmulated } from '../../../../../measurement/emulated.ts'
import type { Declaration } from '../../../../../systems/declarations.ts'
import { table } from '../../../../blocks.ts'
import { levelInWords, ratioInWords, spanInWords } from '../../../../costs/interval-words.ts'
import { intervalsBlock, whiskerCaption } from '../../../../costs/intervals-block.ts'
import { type Compared, comparedBy } from '../../../../costs/judged.ts'
import { type SlicedScenario, startsOf } from '../../../../costs/sliced.ts'
import type { TableBlock } from '../../../../finding.ts'
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
import { comparableTo, sentencesOf } from './sentences.ts'

export function drawSlices(scenario: SlicedScenario, declared?: readonly Declaration[]): Drawn {
  const rows = pricedOf(scenario)
  const compared = comparedBy('cpu', scenario, declared)
  const priced = rows.filter(({ us }) => Number.isFinite(us))
  const answered = priced.filter(({ withheld }) => !withheld)
  const silent = new Set(rows.filter((row) => !comparableTo(compared, rows)(row)).map(({ label }) => label))
  return {
    verdict: priced.length > 0 && answered.length === 0 ? [nobodyAnswered] : sentencesOf(scenario, compared, rows),
    blocks: [
      ...intervalsBlock(
        compared,
        {
          title: `CPU per request, as a multiple of ${compared.reference?.label ?? ''}`,
          quantity: 'CPU per request',
          higher: `More CPU than ${compared.reference?.label ?? ''}`,
          lower: `Less CPU than ${compared.reference?.label ?? ''}`,
          caption: whiskerCaption(compared, startsOf(scenario)),
        },
        silent,
      ),
      cpuTable(rows, compared, silent),
      ...withoutFigure(rows),
    ],
    metrics: Object.fromEntries(answered.map(({ label, us }) => [label, { cpuUsPerRequest: us }])),
  }
}

function levelOf({ judged }: Compared): string {
  return judged[0] ? levelInWords(judged[0].interval) : '95 %'
}

function cpuTable(rows: readonly Priced[], compared: Compared, silent: ReadonlySet<string>): TableBlock {
  const { judged, duplicate, reference } = compared
  const someRefused = rows.some(({ refused }) => refused > 0)
  return table(
    'CPU per request and memory',
    [
      'system',
      '>CPU per request',
      ...(reference ? [`>× ${reference.label}`, `${levelOf(compared)} interval`] : []),
      ...(someRefused ? ['>refused'] : []),
      '>least – most',
      '>origins per request',
      '>memory',
    ],
    rows.map((row) => {
      const { cpu, refused, range, origins, memory } = cellsOf(row)
      const own = [...judged, ...(duplicate ? [duplicate] : [])].find(
        ({ comparison }) => comparison.label === row.label,
      )
      const withheld = silent.has(row.label) && own !== undefined
      const ratio = own ? ratioInWords(own.interval.ratio) : '–'
      return [
        own === duplicate && duplicate ? `${row.label} (noise)` : row.label,
        cpu,
        ...(reference
          ? [
              withheld && !isEmulated(row.system) ? 'withheld' : ratio,
              withheld || !own ? '–' : spanInWords(own.interval),
            ]
          : []),
        ...(someRefused ? [refused] : []),
        range,
        origins,
        memory,
      ]
    }),
    'CPU time of all of a system’s processes at the borders of each slice, by requests answered; median of the fresh starts, with the smallest and largest. ' +
      'Ratios compare slices of the same block. ' +
      comparedWithin +
      (someRefused ? refusedCaption : ''),
  )
}
