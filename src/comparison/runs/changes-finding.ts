/** What costs changed in one scenario, as a finding that every view can show. */
import type { Scenario } from '../../scenario/scenario.ts'
import { leastClaim } from '../../statistics/judge.ts'
import { few, list, table } from '../blocks.ts'
import type { Finding, IntervalsBlock } from '../finding.ts'
import type { Change } from './changes.ts'
import { changeInWords, figureInWords, metricNouns, spanInWords } from './words.ts'

export function findingOfChanges(scenario: Scenario, changes: readonly Change[]): Finding {
  const few = changes.length > 0 && changes.every(({ claim }) => claim === 'few')
  const relative = changes.some(({ after }) => after.relative)
  return {
    id: 'changes',
    scenario: scenario.id,
    title: `Changes · ${scenario.title}`,
    question: 'What became slower, faster, dearer or cheaper from the first run to the second?',
    verdict: sentencesOf(changes),
    ...(few ? { tentative: true } : {}),
    blocks:
      changes.length === 0
        ? []
        : [
            ...intervalsOf(changes),
            table(
              'Latency and CPU per request, first run against second',
              ['system', 'figure', '>first', '>second', '>change', '>95 % interval', 'said'],
              changes.map((change) => [
                change.label,
                metricNouns[change.metric],
                figureInWords(change.metric, change.before.value),
                figureInWords(change.metric, change.after.value),
                changeInWords(change.ratio),
                spanInWords(change),
                claims[change.claim],
              ]),
              `${relative ? 'Changes of latency are of the ratio to direct within each run, so that a slower machine alone changes nothing; CPU per request is compared as it is. ' : ''}` +
                'Intervals after Welch over the starts or rounds of each run; claimed where Holm’s correction leaves p below 0.05 and the interval lies beyond 2 %. A p99 rests on at least 10,000 answers.',
            ),
          ],
    metrics: {},
  }
}

/** Drawn for those that can be told, metric by metric. */
function intervalsOf(changes: readonly Change[]): readonly IntervalsBlock[] {
  const known = changes.flatMap(({ claim, ...change }) => (claim === 'few' ? [] : [{ ...change, claim }]))
  return [...Map.groupBy(known, ({ metric }) => metric)].map(([metric, all]) => {
    const rows = all
      .map(({ label, ratio, low, high, claim }) => ({ name: label, ratio, low, high, claim }))
      .sort((a, b) => a.ratio - b.ratio)
    return {
      kind: 'intervals',
      title: `Change of ${metricNouns[metric]}`,
      reference: 'the first run',
      quantity: metricNouns[metric],
      rows,
      floor: leastClaim,
      caption: '',
      summary: `Second run by first: ${list(rows.map(({ name, ratio }) => `${name} ${changeInWords(ratio)}`))}.`,
    }
  })
}

const claims: Readonly<Record<Change['claim'], string>> = {
  higher: 'higher',
  lower: 'lower',
  none: 'no detectable change',
  few: 'too little to tell',
}

function sentencesOf(changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return ['No system has figures in both runs that could be compared.']
  const claimed = changes.filter(({ claim }) => claim === 'higher' || claim === 'lower')
  const open = changes.filter(({ claim }) => claim === 'few')
  const said = claimed.map(
    (change) =>
      `${change.label}: ${metricNouns[change.metric]} is ${change.claim}, ${changeInWords(change.ratio)} (95 % interval ${spanInWords(change)}).`,
  )
  const unclaimed = changes.filter(({ claim }) => claim === 'none')
  const widest = Math.max(...unclaimed.map(({ low, high, ratio }) => Math.max(high / ratio, ratio / low) - 1))
  return [
    ...said,
    ...(unclaimed.length > 0
      ? [
          `No detectable change in ${said.length > 0 ? 'the other' : 'any of the'} figures that can be told; a change of ${Math.ceil((widest + leastClaim) * 100)} % would have been seen in each.`,
        ]
      : []),
    ...(open.length > 0
      ? [
          `Too little was measured to tell about ${list([...Map.groupBy(open, ({ metric }) => metric)].map(([metric, all]) => `${metricNouns[metric]} (${few(all.map(({ label }) => label))})`))}.`,
        ]
      : []),
  ]
}
