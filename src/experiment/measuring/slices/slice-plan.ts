/** What one slice sends: every measured phase of the scenario, cut to the length of a slice. */
import { sentPhases } from '../../../scenario/requests/client-requests.ts'
import type { Phase, Scenario } from '../../../scenario/scenario.ts'
import { seededRandom, shuffled } from '../../../scenario/schedule/random.ts'
import { rotated } from '../rotated.ts'

/** A median of fewer requests moves about too much. */
export const leastRequests = 20
/** Shorter ones are mostly coming and going; during longer ones the machine changes. */
const shortestMs = 50
const longestMs = 250

/** Traffic of each measured phase in one slice: what holds at least 20 requests of every phase, 50 to 250 ms. */
export function sliceMsOf(phases: readonly Phase[]): number {
  const needed = phases.filter(({ measured }) => measured).map((phase) => (leastRequests / rateOf(phase)) * 1000)
  return Math.min(longestMs, Math.max(shortestMs, ...needed.map(Math.ceil)))
}

/** Names of the measured phases of which a slice of this length holds fewer than 20 requests. */
export function thinPhases(phases: readonly Phase[], sliceMs: number): readonly string[] {
  const isThin = (phase: Phase): boolean => (rateOf(phase) * sliceMs) / 1000 < leastRequests
  return phases.filter((phase) => phase.measured && isThin(phase)).map(({ phase }) => phase)
}

/** Requests a second; a burst has all of its requests in any slice. */
function rateOf(phase: Phase): number {
  if (phase.kind === 'rate') return (phase.fromPerSecond + phase.toPerSecond) / 2
  return phase.kind === 'burst' ? phase.atOnce * (1000 / shortestMs) : leastRequests * (1000 / shortestMs)
}

/** As clients send them. */
export function slicePhases(scenario: Scenario, sliceMs: number): readonly Phase[] {
  return sentPhases(scenario)
    .filter(({ measured }) => measured)
    .map((phase) => ({ ...phase, forMs: sliceMs }))
}

export function warmUpPhases(scenario: Scenario): readonly Phase[] {
  return sentPhases(scenario).filter(({ measured }) => !measured)
}

/** One number for each block of each start: its systems get the same requests at the same times. */
export function seedOf(seed: number, start: number, block: number): number {
  return seed + start * 10_007 + block
}

/**
 * The order of a block: drawn for each start (who is who), balanced over its blocks (`rotated`). Drawn for each block
 * alone, a short start would give one system the first place more often than another, and so whatever is different there.
 */
export function orderOf<Item>(items: readonly Item[], seed: number, start: number, block: number): readonly Item[] {
  return rotated(shuffled(items, seededRandom(seedOf(seed, start, 0) * 7919)), block)
}
