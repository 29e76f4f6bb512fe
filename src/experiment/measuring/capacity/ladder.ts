/** Which steps there are, and in which order they are taken. */

import type { ClosedPhase, Phase } from '../../../scenario/scenario.ts'
import { seededRandom, shuffled } from '../../../scenario/schedule/random.ts'

export interface Climb {
  /** Connections of the steps, ascending. */
  readonly ladder: readonly number[]
  readonly starts: number
  /** The shares of a scenario's phases that a step has. */
  readonly shareOfPhases: number
  /** After each fresh start every system is sent this much that is not counted: compilers and caches warm up. */
  readonly rehearsalMs: number
  /** How often the referee and the driver are asked for the same, one after the other. */
  readonly pairs: number
}

/** With a single start it is a look: every second rung, without one of its own for the last, for 40 % of the time. */
export function climbOf(connections: number, starts: number): Climb {
  const isLook = starts === 1
  const factor = isLook ? 4 : 2
  const ladder: number[] = []
  for (let rung = 1; rung < connections; rung *= factor) ladder.push(rung)
  return isLook
    ? { ladder: ladder.length > 1 ? ladder : [connections], starts, shareOfPhases: 0.4, rehearsalMs: 200, pairs: 1 }
    : { ladder: [...ladder, connections], starts, shareOfPhases: 1, rehearsalMs: 600, pairs: 3 }
}

/** The phases of a step, each with its share of the time. */
export function phasesOfStep(phases: readonly ClosedPhase[], { shareOfPhases }: Climb): readonly ClosedPhase[] {
  return phases.map((phase) => ({ ...phase, forMs: phase.forMs * shareOfPhases }))
}

const rehearsedConnections = 16

/** What every system is sent after a fresh start, on how many connections. */
export function rehearsalOf(
  phases: readonly ClosedPhase[],
  { rehearsalMs, ladder }: Climb,
): readonly [connections: number, phases: readonly ClosedPhase[]] {
  return [Math.min(rehearsedConnections, ladder.at(-1)!), [{ ...phases.at(-1)!, forMs: rehearsalMs }]]
}

/** What stands around a step: accounts are read, the origins asked, last answers awaited. */
const aroundStepMs = 60
/** The referee starts and tries itself. */
const selfTestMs = 2000
/** A fresh start of all systems together. */
const startMs = 2000

/** How long all of it takes about, milliseconds. */
export function climbMs(traffic: readonly Phase[], climb: Climb, systems: number): number {
  const stepMs = climb.shareOfPhases * traffic.reduce((sum, { forMs }) => sum + forMs, 0) + aroundStepMs
  const climbs = climb.starts * (startMs + systems * (climb.rehearsalMs + aroundStepMs + climb.ladder.length * stepMs))
  return climbs + selfTestMs + systems * climb.pairs * 2 * stepMs
}

/** One rung, and the systems in the order in which they take it. */
export interface Block<System> {
  readonly connections: number
  readonly systems: readonly System[]
}

/**
 * The blocks of one start. Rungs come in a drawn order, and so do the systems on each: what changes slowly, a clock or a
 * neighbour, meets all rungs and all systems alike, and steps that are compared follow each other closely.
 */
export function blocksOf<System>(
  ladder: readonly number[],
  systems: readonly System[],
  start: number,
  seed: number,
): readonly Block<System>[] {
  const random = seededRandom(seed * 1000 + start)
  return shuffled(ladder, random).map((connections) => ({ connections, systems: shuffled(systems, random) }))
}
