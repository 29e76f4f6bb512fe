/** Slices in which the driver was late, the bottleneck, or short of the machine: what they say is about that too. */
import { countedSlices } from '../../measurement/slices/counted.ts'
import { formatNumber, formatShare } from '../../units.ts'
import { few, list } from '../blocks.ts'
import type { SlicedScenario } from './sliced.ts'

/** From this share of a system's slices on that are flagged although they were measured again, the run is doubtful. */
const tolerated = 0.1

/**
 * What disturbs both sides of a comparison alike makes its interval wider, and that is all. Where one side has so many more
 * flagged slices than the other, the difference may be the disturbance: nothing is claimed. Both are fixed before any run.
 */
const toleratedUnevenness = 0.1

/** True where too many more slices of one than of another stayed flagged: then no difference between them is claimed. */
export function isFlagged(scenario: SlicedScenario, ...labels: readonly string[]): boolean {
  const shares = labels.map((label) => shareOf(scenario, label))
  return Math.max(...shares) - Math.min(...shares) > toleratedUnevenness
}

function shareOf({ slices }: SlicedScenario, label: string): number {
  const own = countedSlices(slices).filter((slice) => slice.label === label)
  return own.length === 0 ? 0 : own.filter(({ flags }) => flags.length > 0).length / own.length
}

/** Systems of which too many slices stayed flagged, as part of a sentence; undefined where there is none. */
export function flaggedSystems(scenario: SlicedScenario): string | undefined {
  const shares = scenario.subjects.map(({ label }) => ({ label, share: shareOf(scenario, label) }))
  const flagged = shares.filter(({ share }) => share > tolerated).toSorted((a, b) => a.share - b.share)
  const [least, most] = [flagged[0], flagged.at(-1)]
  if (!least || !most) return undefined
  const labels = new Set(flagged.map(({ label }) => label))
  const own = countedSlices(scenario.slices).filter(({ label }) => labels.has(label))
  const flags = [...new Set(own.flatMap((slice) => slice.flags))]
  const [from, to] = [formatShare(least.share), formatShare(most.share)]
  const share = from === to ? to : `${from.replace(' %', '')} to ${to}`
  const who = flagged.length === scenario.subjects.length ? 'every system' : few(flagged.map(({ label }) => label))
  return `${share} of the slices of ${who} stayed flagged (${list(flags)})`
}

/** Slices that are named; of more only the number is said. */
const maxNamed = 6

/** `Flagged slices: 9 of 1 440 (driver late ×7, CPU stolen ×2). Measured once more: 8; still flagged: nginx start 2 block 7.` */
export function flaggedSlices({ slices: { slices } }: SlicedScenario): string | undefined {
  const flagged = slices.filter(({ flags }) => flags.length > 0)
  if (flagged.length === 0) return undefined
  const byFlag = Map.groupBy(
    flagged.flatMap(({ flags }) => flags),
    (flag) => flag,
  )
  const kinds = [...byFlag].map(([flag, all]) => `${flag} ×${formatNumber(all.length)}`)
  const kept = flagged.filter(({ repeated }) => repeated !== true)
  const places = kept.map(({ label, start, block }) => `${label} start ${start + 1} block ${block + 1}`)
  const more = places.length - maxNamed
  const named = [...places.slice(0, maxNamed), ...(more > 0 ? [`${formatNumber(more)} more`] : [])]
  const still = kept.length === 0 ? 'none stayed flagged' : `still flagged: ${list(named)}`
  return `Flagged slices: ${formatNumber(flagged.length)} of ${formatNumber(slices.length)} (${list(kinds)}). Measured once more: ${formatNumber(flagged.length - kept.length)}; ${still}.`
}
