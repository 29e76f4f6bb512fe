/** What was measured while the driver was late, the bottleneck, or short of the machine: it says something about them too. */
import { mean } from 'simple-statistics'
import type { RoundRecord, ScenarioRecord, SystemRecord } from '../measurement/run-record.ts'
import { driftOf } from '../measurement/slices/drift.ts'
import { acceptedByBoth } from '../measurement/slices/family.ts'
import { leastStarts } from '../statistics/judge.ts'
import { middlesOf } from '../statistics/within-start.ts'
import type { Declaration } from '../systems/declarations.ts'
import { formatNumber } from '../units.ts'
import { list } from './blocks.ts'
import { flaggedSystems, isFlagged } from './costs/flagged.ts'
import { differencePercent } from './costs/interval-words.ts'
import { comparedBy } from './costs/judged.ts'
import { isSliced, type SlicedScenario, startsOf } from './costs/sliced.ts'
import { baselineOf } from './rounds.ts'

/** From this share of a system's rounds on that are flagged, the run is doubtful. Fixed before any run, as are the others here. */
const toleratedRounds = 0.5
/** A system that moves less against what it is compared to, from the first half of the starts to the second, is steady. */
const toleratedDrift = 0.2

export function doubtfulRounds(scenario: ScenarioRecord): readonly RoundRecord[] {
  return isSliced(scenario) ? [] : scenario.rounds.filter(({ flags }) => flags.length > 0)
}

/** True where what is flagged may be what they differ by: then no ratio between them is claimed. */
export function isDoubtful(scenario: ScenarioRecord, ...labels: readonly string[]): boolean {
  if (isSliced(scenario)) return isFlagged(scenario, ...labels)
  return doubtfulRounds(scenario).some(({ label }) => labels.includes(label))
}

/** `node-gateway round 1 (driver late)` */
export function doubtInWords(scenario: ScenarioRecord): readonly string[] {
  return doubtfulRounds(scenario).map(({ label, index, flags }) => `${label} round ${index + 1} (${flags.join(', ')})`)
}

/** Why what was measured is not to be relied on as a whole, as a sentence; undefined where there is no such doubt. */
export function doubtAbout(scenario: ScenarioRecord, declared?: readonly Declaration[]): string | undefined {
  const reasons = isSliced(scenario)
    ? [flaggedSystems(scenario) ?? [], driftingSystems(scenario, declared)].flat()
    : scenario.subjects.flatMap((subject) => flaggedInRounds(scenario, subject) ?? [])
  if (reasons.length === 0) return undefined
  return `${list(reasons)}.`
}

/** Those whose ratio to the reference moved far, every start of one half beyond all of the other: no accident of a start. */
function driftingSystems(scenario: SlicedScenario, declared?: readonly Declaration[]): readonly string[] {
  if (startsOf(scenario) < leastStarts) return []
  return comparedBy('p50', scenario, declared).judged.flatMap(({ comparison: { label, reference, ratios } }) => {
    const middles = middlesOf(ratios.toSorted((a, b) => a.start - b.start))
    const half = Math.floor(middles.length / 2)
    const [first, second] = [middles.slice(0, half), middles.slice(-half)]
    const apart = Math.min(...second) > Math.max(...first) || Math.max(...second) < Math.min(...first)
    const moved = Math.exp(mean(second) - mean(first))
    if (!apart || Math.max(moved, 1 / moved) - 1 <= toleratedDrift) return []
    const slower = moved > 1 ? 'slower' : 'faster'
    return [`${label} became ${differencePercent(moved)} ${slower} against ${reference} in the course of the run`]
  })
}

function flaggedInRounds(scenario: ScenarioRecord, { label }: SystemRecord): string | undefined {
  const own = scenario.rounds.filter((round) => round.label === label)
  const flagged = own.filter(({ flags }) => flags.length > 0)
  if (own.length === 0 || flagged.length / own.length <= toleratedRounds) return undefined
  const flags = [...new Set(flagged.flatMap((round) => round.flags))]
  return `${formatNumber(flagged.length)} of ${formatNumber(own.length)} rounds of ${label} are flagged (${flags.join(', ')})`
}

/** What the whole machine did meanwhile: by how much direct access changed, as a share; NaN where nobody can tell. */
export function machineDrift(scenario: SlicedScenario): number {
  const direct = baselineOf(scenario)
  return direct ? driftOf(scenario.slices, direct.label, acceptedByBoth(scenario, direct, direct)) : Number.NaN
}
