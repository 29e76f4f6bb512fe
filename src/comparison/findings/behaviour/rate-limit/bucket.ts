/** The ideal token bucket, fed with the requests that were really sent. */
import type { ScenarioRecord } from '../../../../measurement/run-record.ts'
import { prefixTakes } from '../../../../policy/paths/prefix.ts'
import { hasOwnBucket } from '../../../../scenario/requests/own-bucket.ts'
import { pathOf } from '../../../../scenario/served.ts'
import type { Series, Slot } from '../../../../traffic/plan.ts'
import { countOf, entryOf, roundsOf, seriesOf } from '../../../rounds.ts'

type Points = readonly (readonly [x: number, y: number])[]

/** The client with the most requests below the limit among those that have a key: the one that takes more than its share. */
export function limitedClient(scenario: ScenarioRecord): string | undefined {
  const { clients, policy } = scenario.scenario
  const candidates = Object.keys(clients).filter(
    (client) => policy.apiKey.length === 0 || clients[client]?.consumer !== undefined,
  )
  const [line] = policy.rateLimit
  const isLimited = (series: Series): boolean => {
    const entry = entryOf(scenario, series)
    return entry !== undefined && line !== undefined && prefixTakes(line.path, pathOf(entry))
  }
  const sent = (client: string): number =>
    countOf(seriesOf(scenario, scenario.rounds, (series) => series.client === client && isLimited(series)))
  return candidates.sort((a, b) => sent(b) - sent(a))[0]
}

export interface AgainstIdeal {
  readonly offered: number
  readonly accepted: number
  /** What a bucket that does exactly what the policy says would have accepted. */
  readonly ideal: number
  readonly reading: 'right' | 'too strict' | 'too generous'
}

/** An ideal bucket is told requests by tenths of a second, not by the moment: it may be off by as much, or by one a round. */
const tolerance = 0.03

/**
 * All rounds, warm-up included, because a bucket remembers it; undefined where the client does not have a bucket of its
 * own, or asks for paths that the limit does not cover.
 */
export function againstIdeal(scenario: ScenarioRecord, label: string, client: string): AgainstIdeal | undefined {
  if (!hasOwnBucket(scenario.scenario, client)) return undefined
  const rounds = roundsOf(scenario, label).map(({ slots }) => slots.filter((slot) => slot.client === client))
  const count = (keep: (slot: Slot) => boolean): number =>
    rounds.flat().reduce((sum, slot) => sum + (keep(slot) ? slot.count : 0), 0)
  const offered = count(() => true)
  if (offered === 0) return undefined
  const accepted = count(({ status }) => status === 200)
  const ideal = rounds.reduce((sum, slots) => sum + (idealOf(scenario, slots).at(-1)?.[1] ?? 0), 0)
  const allowed = Math.max(rounds.length, tolerance * ideal)
  const reading = accepted < ideal - allowed ? 'too strict' : accepted > ideal + allowed ? 'too generous' : 'right'
  return { offered, accepted, ideal, reading }
}

function slotsOf(scenario: ScenarioRecord, label: string, client: string): readonly Slot[] {
  return roundsOf(scenario, label)[0]?.slots.filter((slot) => slot.client === client) ?? []
}

/** Accepted (200) so far, at the end of every tenth of a second of the first round. */
export function acceptedPerSlot(scenario: ScenarioRecord, label: string, client: string): Points {
  const slots = slotsOf(scenario, label, client)
  return cumulated(slots, (atMs) => total(slots, atMs, ({ status }) => status === 200))
}

/**
 * What a bucket that does exactly what the policy says would have accepted of the same requests. Within a slot requests
 * are taken as evenly spread.
 */
export function idealPerSlot(scenario: ScenarioRecord, label: string, client: string): Points {
  return idealOf(scenario, slotsOf(scenario, label, client))
}

function idealOf(scenario: ScenarioRecord, slots: readonly Slot[]): Points {
  const { ratePerSecond, burst } = scenario.scenario.policy.rateLimit[0]!
  let tokens = burst
  return cumulated(slots, (atMs) => {
    const offered = total(slots, atMs, () => true)
    let accepted = 0
    for (let n = 0; n < offered; n += 1) {
      tokens = Math.min(burst, tokens + (ratePerSecond * 0.1) / offered)
      if (tokens >= 1) {
        tokens -= 1
        accepted += 1
      }
    }
    if (offered === 0) tokens = Math.min(burst, tokens + ratePerSecond * 0.1)
    return accepted
  })
}

function total(slots: readonly Slot[], atMs: number, keep: (slot: Slot) => boolean): number {
  return slots.filter((slot) => slot.atMs === atMs && keep(slot)).reduce((sum, { count }) => sum + count, 0)
}

function cumulated(slots: readonly Slot[], acceptedIn: (atMs: number) => number): Points {
  const last = slots.reduce((latest, { atMs }) => Math.max(latest, atMs), 0)
  let sum = 0
  return Array.from({ length: last / 100 + 1 }, (_, index) => {
    sum += acceptedIn(index * 100)
    return [(index + 1) / 10, sum] as const
  })
}
