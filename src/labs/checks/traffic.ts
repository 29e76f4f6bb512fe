/** Constant traffic of several clients at once, through the driver's open loop. */

import { unansweredOf } from '../../http/failure.ts'
import type { Name } from '../../policy/policy.ts'
import type { AsSent } from '../../scenario/requests/client-requests.ts'
import type { MixEntry, Phase } from '../../scenario/scenario.ts'
import { decodeHistogram, mergeHistograms, percentileUs } from '../../traffic/measure/histogram.ts'
import type { Frame, Slot } from '../../traffic/plan.ts'
import type { CheckOf } from '../file/check.ts'

export interface Traffic {
  /** Answers by client and status; requests that got none are in neither. */
  readonly byClient: Readonly<Record<Name, Readonly<Record<string, number>>>>
  readonly unanswered: number
  /** How late the driver came to one request in a hundred, milliseconds: its own trouble, not the system's. */
  readonly lateMs: number
}

/**
 * Each request at its own time, n/rate for the n-th of a client. A driver's phase draws its clients by chance; so every
 * request is a phase of one, which leaves nothing to chance.
 */
export function constantPhases(clients: CheckOf<'rate'>['clients'], forMs: number, asSent: AsSent): readonly Phase[] {
  const arrivals = Object.entries(clients)
    .flatMap(([client, { perSecond, accepted: _, ...request }]) => {
      const entry: MixEntry = asSent({ ...request, client, weight: 1, skew: 'uniform' })
      const count = Math.floor((perSecond * forMs) / 1000 + 1e-9)
      return Array.from({ length: count }, (_, n) => ({ entry, atMs: (n * 1000) / perSecond }))
    })
    .sort((a, b) => a.atMs - b.atMs)
  return arrivals.map(({ entry, atMs }, n) => ({
    kind: 'burst',
    phase: 'steady',
    forMs: (arrivals[n + 1]?.atMs ?? forMs) - atMs,
    measured: true,
    atOnce: 1,
    mix: [entry],
  }))
}

export function addUp(frames: readonly Frame[]): Traffic {
  const slots = Map.groupBy(
    frames.flatMap((frame) => frame.slots),
    ({ client }) => client,
  )
  const byStatus = (all: readonly Slot[]): Readonly<Record<string, number>> => {
    const statuses: Record<string, number> = {}
    for (const { status, count } of all) statuses[status] = (statuses[status] ?? 0) + count
    return statuses
  }
  const lateness = decodeHistogram(mergeHistograms(frames.map((frame) => frame.lateness)))
  return {
    byClient: Object.fromEntries([...slots].map(([client, all]) => [client, byStatus(all)])),
    unanswered: frames.reduce((sum, { failures }) => sum + unansweredOf(failures), 0),
    lateMs: frames.length === 0 ? 0 : percentileUs(lateness, 99) / 1000,
  }
}
