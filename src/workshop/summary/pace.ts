/** How long steps take in this room, and from when on somebody is called stuck. */
import type { Lab, Step } from '../../labs/file/lab.ts'
import type { KeptReport, Room } from '../room/room.ts'
import { reportOf } from './answers.ts'

/** Nobody is called stuck before, however quick the others were. */
const patienceMs = 3 * 60_000
/** So many must have finished a step before their pace says anything. */
const enough = 3

/** How long one participant took for a step; null while it is not done, or was skipped. */
export function tookMs({ begunAt, doneAt, skipped }: KeptReport): number | null {
  if (doneAt === null || skipped) return null
  return Math.max(0, Date.parse(doneAt) - Date.parse(begunAt))
}

/** Of everybody who finished the step, shortest first. */
export function timesOf(room: Room, lab: string, step: string): readonly number[] {
  return room.participants
    .map((participant) => reportOf(participant, lab, step))
    .map((report) => (report ? tookMs(report) : null))
    .filter((took) => took !== null)
    .sort((a, b) => a - b)
}

/** NaN of none. */
export function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Twice what those took who finished it, or twice the lab’s minutes shared among its steps while few have. */
export function stuckAfterMs(room: Room, lab: Lab, step: Step): number {
  const times = timesOf(room, lab.id, step.id)
  const usual = times.length >= enough ? median(times) : (lab.minutes * 60_000) / lab.steps.length
  return Math.max(patienceMs, 2 * usual)
}
