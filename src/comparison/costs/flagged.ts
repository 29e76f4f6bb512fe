/** Slices in which the driver was late, the bottleneck, or short of the machine: what they say is about that too. */
import { countedSlices } from '../../measurement/slices/counted.ts'
import { formatNumber, formatShare } from '../../units.ts'
import { list } from '../blocks.ts'
import type { SlicedScenario } from './sliced.ts'

/**
 * From this share of a system's slices on that are flagged although they were measured again, nothing is claimed of it and
 * the run is doubtful. Fixed before any run.
 */
const tolerated = 0.1

/** True where too many slices of one of them stayed flagged: then no difference between them is claimed. */
export function isFlagged(scenario: SlicedScenario, ...labels: readonly string[]): boolean {
  return labels.some((label) => shareOf(scenario, label) > tolerated)
}

function shareOf({ slices }: SlicedScenario, label: string): number {
  const own = countedSlices(slices).filter((slice) => slice.label === label)
  return own.length === 0 ? 0 : own.filter(({ flags }) => flags.length > 0).length / own.length
}

/** Systems of which too many slices stayed flagged, each as part of a sentence. */
export function flaggedSystems(scenario: SlicedScenario): readonly string[] {
  return scenario.subjects.flatMap(({ label }) => {
    if (!isFlagged(scenario, label)) return []
    const own = countedSlices(scenario.slices).filter((slice) => slice.label === label)
    const flags = [...new Set(own.flatMap((slice) => slice.flags))]
    return [`${formatShare(shareOf(scenario, label))} of the slices of ${label} stayed flagged (${list(flags)})`]
  })
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
