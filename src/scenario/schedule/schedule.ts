/** Phases and seed → request times. Lazy, so that a long run needs no more memory than a short one. */

import type { MixEntry, Phase, RatePhase } from '../scenario.ts'
import { seededRandom } from './random.ts'

/** One request of the schedule. */
export interface Arrival {
  /** When it is to leave, milliseconds from the start of the round. */
  readonly atMs: number
  readonly phaseIndex: number
  /** Index into the phase's mix. */
  readonly mixIndex: number
  /** Path and query with the numbers drawn. */
  readonly path: string
}

/** One of several parts of a schedule: every request belongs to exactly one. */
export interface Shard {
  /** From 0. */
  readonly index: number
  readonly of: number
}

/**
 * The same phases and seed give the same arrivals, in order of time. Phases follow each other without a gap.
 *
 * A shard is every n-th arrival of the whole, as it is there: time, line and path are drawn before it is decided whose
 * it is. Dealt out in turn, no two shards of any stretch, bursts included, differ by more than one request. The seed
 * says which shard has the first, so that none always begins.
 */
export function* schedule(phases: readonly Phase[], seed: number, shard?: Shard): Generator<Arrival> {
  const whole = wholeSchedule(phases, seed)
  if (!shard) return yield* whole
  let turn = Math.abs(seed) % shard.of
  for (const arrival of whole) {
    if (turn === shard.index) yield arrival
    turn = (turn + 1) % shard.of
  }
}

function* wholeSchedule(phases: readonly Phase[], seed: number): Generator<Arrival> {
  let startMs = 0
  for (const [phaseIndex, phase] of phases.entries()) {
    // A generator per phase: changing one phase leaves the others as they were.
    const random = seededRandom(seed * 1000 + phaseIndex)
    const draw = drawing(phase.mix, random)
    for (const offsetMs of offsets(phase, random)) yield { atMs: startMs + offsetMs, phaseIndex, ...draw() }
    startMs += phase.forMs
  }
}

/** Draws requests of a mix without end. */
export function drawing(mix: readonly MixEntry[], random: () => number): () => Pick<Arrival, 'mixIndex' | 'path'> {
  const pick = picker(mix)
  return () => {
    const mixIndex = pick(random())
    return { mixIndex, path: drawPath(mix[mixIndex]!, random) }
  }
}

/** Where the answers say when the next request leaves, there is no schedule. */
function offsets(phase: Phase, random: () => number): Iterable<number> {
  if (phase.kind === 'closed') return []
  return phase.kind === 'burst' ? burst(phase.atOnce) : arrivals(phase, random)
}

function* burst(atOnce: number): Generator<number> {
  for (let sent = 0; sent < atOnce; sent += 1) yield 0
}

/**
 * The n-th arrival is due when the expected number of requests reaches n (constant), or a sum of n exponential
 * variables (Poisson, by time change: Çinlar 1975, ch. 4.7). For a rate that climbs from a to b over T the expected
 * number by t is a·t + (b − a)·t²/2T, which is inverted.
 */
function* arrivals(
  { forMs, fromPerSecond, toPerSecond, arrivals: kind }: RatePhase,
  random: () => number,
): Generator<number> {
  const seconds = forMs / 1000
  const slope = (toPerSecond - fromPerSecond) / seconds
  const total = ((fromPerSecond + toPerSecond) / 2) * seconds
  let expected = 0
  for (let n = 0; ; n += 1) {
    expected = kind === 'constant' ? n : expected - Math.log(1 - random())
    if (expected >= total) return
    const at =
      slope === 0
        ? expected / fromPerSecond
        : (Math.sqrt(Math.max(0, fromPerSecond ** 2 + 2 * slope * expected)) - fromPerSecond) / slope
    yield Math.min(at * 1000, forMs)
  }
}

function picker(mix: readonly MixEntry[]): (draw: number) => number {
  const total = mix.reduce((sum, { weight }) => sum + weight, 0)
  let sum = 0
  const borders = mix.map(({ weight }) => {
    sum += weight / total
    return sum
  })
  return (draw) => {
    const index = borders.findIndex((border) => draw < border)
    return index < 0 ? mix.length - 1 : index
  }
}

const range = /\{(\d+)\.\.(\d+)\}/

function drawPath({ path, skew }: MixEntry, random: () => number): string {
  const match = range.exec(path)
  if (!match) return path
  const from = Number(match[1])
  const size = Number(match[2]) - from + 1
  const drawn = skew === 'zipf' ? zipf(size, random()) : Math.floor(random() * size)
  return path.replace(range, String(from + drawn))
}

const zipfBorders = new Map<number, readonly number[]>()

/** Rank k with a probability in proportion to 1/k (Zipf, exponent 1); from 0. */
function zipf(size: number, draw: number): number {
  let borders = zipfBorders.get(size)
  if (!borders) {
    let sum = 0
    const sums = Array.from({ length: size }, (_, rank) => {
      sum += 1 / (rank + 1)
      return sum
    })
    borders = sums.map((each) => each / sum)
    zipfBorders.set(size, borders)
  }
  let low = 0
  let high = size - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (draw < borders[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
