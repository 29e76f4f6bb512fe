/** Who is slower or faster than direct, and where nothing of it can be said. */
import { emulatedWords } from '../../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../../measurement/run-record.ts'
import { formatMs } from '../../../../../units.ts'
import { acceptedByBoth, answersOf } from '../../../../answers.ts'
import { list, spelled } from '../../../../blocks.ts'
import { detectable, roundsNeeded } from '../../../../costs/rounds-statistics.ts'
import { comparedInSlices } from '../../../../costs/sliced.ts'
import { latencyOf, percentileMs, roundsOf, seriesOf } from '../../../../rounds.ts'
import { type Compared, type Row, spanOf } from './compared.ts'

export function sentencesOf(
  scenario: ScenarioRecord,
  { rows, baseline, duplicate, noiseFloor, withheld }: Compared,
): readonly string[] {
  if (!baseline) return ['direct was not measured, so there is nothing to compare latencies with.']
  if (rows.every(({ system }) => answersOf(scenario, system).sent === 0))
    return ['Nothing was sent in the measured phases, so there is no latency to tell.']
  const named = [...withheld].filter(([system]) => system !== duplicate?.twin)
  const silent = named.map(([system, why]) => {
    if (why === emulatedWords) return `${system.label} is ${why}.`
    return system === baseline
      ? `Nothing is compared with ${system.label}: ${why}.`
      : `Nothing is said of the times of ${system.label}: ${why}.`
  })
  if (withheld.has(baseline)) return silent
  const compared = rows.filter(({ judged, interval }) => judged?.difference === 'withheld' || (judged && interval))
  const doubtful = rows.filter(({ judged }) => judged?.difference === 'withheld').map(({ system }) => system.label)
  const withheldRatios =
    doubtful.length === 0
      ? []
      : doubtful.length === 1
        ? [`The ratio of ${list(doubtful)} to direct is withheld: see the caution.`]
        : [`The ratios of ${list(doubtful)} to direct are withheld: see the caution.`]
  const said = rows.flatMap(({ system, interval, judged }) => {
    if (judged?.difference === 'withheld' || !judged || !interval) return []
    const keep = acceptedByBoth(scenario, system, baseline)
    const p50 = ({ label }: SystemRecord): string =>
      formatMs(percentileMs(latencyOf(seriesOf(scenario, roundsOf(scenario, label), keep)), 50))
    const span = `×${interval.ratio.toFixed(2)}, ${interval.kind === 'range' ? 'rounds from' : '95 %'} ${spanOf(interval)}`
    const measured = `${p50(system)} where direct takes ${p50(baseline)} (${span})`
    switch (judged.difference) {
      case 'higher':
        return [`${system.label} is slower: it answers in ${measured}.`]
      case 'lower':
        return [`${system.label} is faster: it answers in ${measured}.`]
      case 'unsure':
        return [
          `${system.label} answered in ${measured}, but after Holm’s correction p is ${judged.adjustedP.toFixed(3)}: no difference is claimed.`,
        ]
      case 'too few rounds':
      case 'unclaimed':
        return [`${system.label} answered in ${measured}.`]
      case 'none': {
        const seen = Math.round(detectable(interval, noiseFloor) * 100)
        return [
          `No detectable difference between ${system.label} and direct (${span}); a difference of ${seen} % would have been seen.`,
        ]
      }
      default:
        return judged.difference satisfies never
    }
  })
  if (said.length === 0 && doubtful.length === 0) {
    const others = rows.filter(({ system }) => system.kind !== 'baseline')
    if (others.length === 0) return ['Only direct was measured: there is nothing to compare it with.']
    if (others.every(({ system }) => withheld.has(system))) return silent
    return [
      ...silent,
      'No line of the mix is accepted both by direct and by another system: there is nothing to compare.',
    ]
  }
  const few = rows.some(({ judged }) => judged?.difference === 'too few rounds')
  const onlyFigures = rows.some(({ judged }) => judged?.difference === 'unclaimed')
  return [
    ...(onlyFigures ? [comparedInSlices] : []),
    ...silent,
    ...(few ? [tooFew(rows, compared.length)] : []),
    ...withheldRatios,
    ...said,
  ]
}

/** Without a figure: it stands where the eye falls first, and there is nothing to claim. */
function tooFew(rows: readonly Row[], comparisons: number): string {
  const have = Math.max(...rows.map(({ interval }) => interval?.rounds ?? 0))
  const rounds = `${spelled(have)} ${have === 1 ? 'round is' : 'rounds are'}`
  return `${rounds[0]!.toUpperCase()}${rounds.slice(1)} too few to claim a difference: comparing ${spelled(comparisons)} ${comparisons === 1 ? 'system' : 'systems'} with direct takes at least ${spelled(roundsNeeded(comparisons))}.`
}
