/** Who costs more CPU or less than the first system that was launched, by slices. */
import { detectable, type Judged } from '../../../../../statistics/judge.ts'
import { list } from '../../../../blocks.ts'
import { said } from '../../../../costs/claims.ts'
import { isFlagged } from '../../../../costs/flagged.ts'
import { intervalInWords } from '../../../../costs/interval-words.ts'
import { noiseSentence, nullSentence } from '../../../../costs/intervals-block.ts'
import type { Compared } from '../../../../costs/judged.ts'
import { type SlicedScenario, whyNoClaim } from '../../../../costs/sliced.ts'
import { named, type Priced, refusedAlike, us } from '../priced.ts'

/** Whether a row can be compared with the reference: both answered as expected, and refused alike. */
export function comparableTo({ reference }: Compared, rows: readonly Priced[]): (row: Priced) => boolean {
  const base = rows.find(({ system }) => system === reference)
  return (row) => base !== undefined && !row.withheld && !base.withheld && refusedAlike(row, base)
}

export function sentencesOf(scenario: SlicedScenario, compared: Compared, rows: readonly Priced[]): readonly string[] {
  const { reference, judged } = compared
  const answered = rows.filter(({ us, withheld }) => Number.isFinite(us) && !withheld)
  const [only] = answered.filter(({ system }) => system.duplicateOf === undefined)
  const base = answered.find(({ system }) => system === reference)
  if (!only) return ['No system’s CPU time could be read here.']
  if (!base || judged.length === 0) {
    const spread = only.low < only.high ? `: ${us(only.low)} to ${us(only.high)} in the fresh starts` : ''
    const cost = `In this run a request cost ${us(only.us)} of CPU in ${named(only)}${spread}.`
    return [cost, ...noiseSentence(compared)]
  }
  const rowOf = ({ comparison }: Judged): Priced | undefined => answered.find(({ label }) => label === comparison.label)
  const known = judged.filter((each) => rowOf(each) !== undefined)
  const unlike = known.filter((each) => !refusedAlike(rowOf(each)!, base))
  const flagged = known.filter(({ comparison: { label } }) => isFlagged(scenario, label, base.label))
  const sure = known.filter((each) => !unlike.includes(each) && !flagged.includes(each))
  const why = whyNoClaim(scenario)
  const names = (some: readonly Judged[]): string => list(some.map(({ comparison }) => comparison.label))
  return [
    ...(why === undefined ? [] : [why]),
    ...said(sure, {
      higher: `cost more CPU than ${base.label} (${us(base.us)} a request)`,
      lower: `cost less CPU than ${base.label} (${us(base.us)} a request)`,
      each: (judged) => sentenceOf(judged, rowOf(judged)!, base),
      figure: (judged) => us(rowOf(judged)!.us),
    }),
    ...(unlike.length === 0
      ? []
      : [
          `Nothing is claimed of ${names(unlike)} against ${named(base)}: they did not refuse alike, and a refused request costs little.`,
        ]),
    ...(flagged.length === 0
      ? []
      : [
          `Nothing is claimed of ${names(flagged)} against ${base.label}: more slices of one side stayed flagged than of the other.`,
        ]),
    ...noiseSentence(compared),
  ]
}

function sentenceOf(judged: Judged, row: Priced, base: Priced): string {
  const { interval, claim } = judged
  const figures = `${us(row.us)} a request instead of ${us(base.us)} (${intervalInWords(interval)})`
  switch (claim) {
    case 'higher':
      return `${row.label} costs more CPU than ${base.label}: ${figures}.`
    case 'lower':
      return `${row.label} costs less CPU than ${base.label}: ${figures}.`
    case 'none':
      return nullSentence(judged, ' in CPU per request', detectable(judged))
    case 'noise':
      return `A request cost ${us(row.us)} of CPU in ${row.label} and ${us(base.us)} in ${base.label} (${intervalInWords(interval)}).`
    default:
      return claim satisfies never
  }
}
