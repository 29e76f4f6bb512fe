/**
 * Whether what the product says of differences is true: whole runs of three systems by the product's own code, on the
 * noise of real slices, with a difference that is known.
 */
import { normalQuantile } from '../../src/statistics/distributions.ts'
import { planOf } from '../../src/statistics/plan.ts'
import { boundariesOf, crossingOf, obrienFlemingLike } from '../../src/statistics/sequential/boundaries.ts'
import { significance } from '../../src/statistics/sequential/look.ts'
import { goal, median, print, table } from '../table.ts'
import { type Recording, readNoise } from './noise.ts'
import { type Simulated, simulate } from './simulate.ts'

/**
 * The goals are held against the first. The others say what is left of them where the machine is busier, and on a
 * recording made when everything was fixed.
 */
const recordings = ['shared', 'crowded', 'afterwards']

/** As a run of three systems is by default; a start takes so long before its first slice. */
const asUsual = { precision: 0.05, budgetMs: 60_000, startMs: 1000 }

/** What the slower system takes, by the other, and what share of runs must say so. */
const differences = [
  { difference: 1, wanted: 'at most 5 % claim anything', holds: (share: number) => share <= 0.05 },
  { difference: 1.1, wanted: 'at least 95 % find it', holds: (share: number) => share >= 0.95 },
  { difference: 1.05, wanted: 'at least 80 % find it', holds: (share: number) => share >= 0.8 },
]

export function benchStatistics(runs: number): void {
  const { looks, starts } = planOf({ effort: 'default', systems: 3, sliceMs: 60, ...asUsual })
  const times = looks.map((look) => look / starts)
  const crossing = crossingOf(times, boundariesOf(times, significance, obrienFlemingLike))
  print(
    `Looks after ${looks.join(' and ')} starts: by integration ${percent(crossing)} of equal ones differ at one of them.`,
  )
  const results = recordings
    .map(readNoise)
    .flatMap((recording) =>
      differences.map((each) => ({ recording, ...each, simulated: simulatedRuns(recording, each.difference, runs) })),
    )
  const rows = results.map(({ recording, difference, simulated }) => [
    recording.name,
    difference === 1 ? 'none' : `${Math.round((difference - 1) * 100)} %`,
    ...[isSignificant, isAny, isHigher('p50'), isHigher('cpu'), isLower].map((claims) => shareWords(simulated, claims)),
    ...(['p50', 'cpu'] as const).map((metric) => percent(median(simulated.map(({ halfWidth }) => halfWidth[metric])))),
    median(simulated.map(({ spentMs }) => spentMs / 1000)).toFixed(0),
  ])
  table(
    [
      'noise',
      'difference',
      'significant',
      'any claim',
      'p50 higher',
      'CPU higher',
      'lower',
      '± p50',
      '± CPU',
      'seconds',
    ],
    rows,
  )
  for (const { recording, difference, simulated, wanted, holds } of results.slice(0, differences.length)) {
    const share = simulated.filter(difference === 1 ? isAny : isFound).length / runs
    const what = difference === 1 ? 'no difference' : `a difference of ${percent(difference - 1)}`
    goal(`${what}, ${recording.name}: ${percent(share)} of ${runs} runs claim it`, wanted, holds(share))
  }
}

function simulatedRuns(recording: Recording, difference: number, runs: number): readonly Simulated[] {
  return Array.from({ length: runs }, (_, run) => simulate({ recording, difference, ...asUsual }, run + 1))
}

type Claims = (run: Simulated) => boolean

const isHigher =
  (metric: 'p50' | 'cpu'): Claims =>
  ({ claims }) =>
    claims[metric] === 'higher'

const isLower: Claims = ({ claims }) => claims.p50 === 'lower' || claims.cpu === 'lower'
const isSignificant: Claims = (run) => run.isSignificant
const isFound: Claims = (run) => isHigher('p50')(run) || isHigher('cpu')(run)
const isAny: Claims = (run) => isFound(run) || isLower(run)

/** With the interval that so many runs leave. */
function shareWords(simulated: readonly Simulated[], claims: Claims): string {
  const [low, high] = wilson(simulated.filter(claims).length, simulated.length)
  return `${percent(simulated.filter(claims).length / simulated.length)} (${percent(low)}–${percent(high)})`
}

/** 95 % interval of a share (Wilson 1927). */
function wilson(hits: number, of: number): readonly [number, number] {
  const z = normalQuantile(0.975)
  const middle = (hits + (z * z) / 2) / (of + z * z)
  const reach = (z / (of + z * z)) * Math.sqrt((hits * (of - hits)) / of + (z * z) / 4)
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
