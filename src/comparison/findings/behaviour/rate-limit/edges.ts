/** The most that passed in a moment, against what a bucket lets through: windows that begin anew let a burst pass twice. */
import type { RoundRecord, ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { RateLimit } from '../../../../policy/features/rate-limit/line.ts'
import { hasOwnBucket } from '../../../../scenario/requests/own-bucket.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import { percentileUs } from '../../../../traffic/measure/histogram.ts'
import type { Slot } from '../../../../traffic/plan.ts'
import { formatMs, formatNumber } from '../../../../units.ts'
import { cell, type Said, table } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { claims, latencyOf, percentileMs, roundsOf, seriesOf } from '../../../rounds.ts'
import { seenToBe } from './seen-to-be.ts'

/** Requests are told apart by tenths of a second. */
const slotMs = 100

/**
 * A fifth of the time in which an empty bucket fills, in whole slots: short enough that little is refilled, and long
 * enough for the two sides of an edge. Milliseconds.
 */
function momentOf({ burst, ratePerSecond }: Pick<RateLimit, 'burst' | 'ratePerSecond'>): number {
  return Math.max(1, Math.round((burst / ratePerSecond / 5) * (1000 / slotMs))) * slotMs
}

export interface Edge {
  readonly label: string
  readonly client: string
  /** The most requests of one client that were let through within the moment, of all rounds and clients. */
  readonly most: number
  /** What a full bucket lets through in that time, and in that by which requests came late. */
  readonly allowed: number
  readonly momentMs: number
}

/** From so many times what is allowed on it is said: requests that are refilled while others wait are no edge. */
const beyond = 1.15

/** Undefined where nobody has a bucket of their own, or nothing was let through. */
export function edgeOf(record: ScenarioRecord, { label }: SystemRecord): Edge | undefined {
  const { clients, policy } = record.scenario
  const line = policy.rateLimit[0]
  if (!line) return undefined
  const momentMs = momentOf(line)
  const own = Object.keys(clients).filter((client) => hasOwnBucket(record.scenario, client))
  const each = roundsOf(record, label).flatMap((round) =>
    own.map((client) => {
      const ms = momentMs + latestMs(record, round, client)
      return {
        label,
        client,
        momentMs,
        most: mostOf(round.slots, client, momentMs),
        allowed: line.burst + Math.floor((line.ratePerSecond * ms) / 1000),
      }
    }),
  )
  const [first] = each.toSorted((a, b) => b.most / b.allowed - a.most / a.allowed)
  return first && first.most > 0 ? first : undefined
}

/**
 * Slots tell when requests were due. By how much later one of them was decided at most: so long a bucket went on
 * filling.
 */
function latestMs(record: ScenarioRecord, round: RoundRecord, client: string): number {
  const answered = latencyOf(seriesOf(record, [round], (series) => series.client === client))
  const late = [percentileMs(answered, 100), percentileUs(round.lateness, 100) / 1000]
  return Math.max(0, ...late.filter(Number.isFinite))
}

function mostOf(slots: readonly Slot[], client: string, momentMs: number): number {
  const passed = new Map<number, number>()
  for (const slot of slots) {
    if (slot.client !== client || slot.status !== 200) continue
    passed.set(slot.atMs, (passed.get(slot.atMs) ?? 0) + slot.count)
  }
  const from = (start: number): number =>
    [...passed].reduce((sum, [atMs, count]) => sum + (atMs >= start && atMs < start + momentMs ? count : 0), 0)
  return Math.max(0, ...[...passed.keys()].map(from))
}

/** True where some client sends several bursts: then what passes around an edge is the question. */
export function asksForEdges({ traffic }: Pick<Scenario, 'traffic'>): boolean {
  const bursts = traffic.filter((phase) => phase.kind === 'burst' && phase.atOnce > 1)
  const clients = bursts.flatMap(({ mix }) => [...new Set(mix.map(({ client }) => client))])
  return new Set(clients).size < clients.length
}

/** Who let more through than a bucket would; and, where that is the question, who did not. */
export function edgeSaid(record: ScenarioRecord, edges: readonly Edge[]): readonly Said[] {
  return edges.flatMap(({ label, client, most, allowed, momentMs }) => {
    if (most > allowed * beyond) {
      const says = `let ${formatNumber(most)} requests of ${client} through within ${formatMs(momentMs)}, where a bucket lets at most ${formatNumber(allowed)} through: what it counts began anew between them.`
      return [{ label, says }]
    }
    if (!asksForEdges(record.scenario)) return []
    return [
      {
        label,
        says: `let nobody have more within ${formatMs(momentMs)} than a bucket allows (${formatNumber(allowed)}), wherever the bursts lay.`,
      },
    ]
  })
}

export function edgeTable(record: ScenarioRecord, subjects: readonly SystemRecord[], edges: readonly Edge[]): Block {
  const line = record.scenario.policy.rateLimit[0]!
  return table(
    'The most that passed in a moment',
    ['system', 'client', '>let through', '>a bucket at most', '>times', 'seen to be'],
    edges.map(({ label, client, most, allowed }) => {
      const subject = subjects.find((each) => each.label === label)!
      return [
        label,
        client,
        formatNumber(most),
        formatNumber(allowed),
        cell(formatNumber(most / allowed), most > allowed * beyond ? 'bad' : undefined),
        claims(subject, 'rateLimit') ? (seenToBe(subject) ?? '–') : cell('no limit', 'muted'),
      ]
    }),
    `Within ${formatMs(momentOf(line))}, of the client who got most. A bucket holds ${line.burst} and fills at ${formatNumber(line.ratePerSecond)} a second. Judged by when requests were due, in tenths of a second; what fills while they are late is allowed as well.`,
  )
}
