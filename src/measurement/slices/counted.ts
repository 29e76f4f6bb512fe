/** The slices of a record that count, and what one slice says. */
import { medianSorted } from 'simple-statistics'
import type { SliceRecord, SlicesRecord } from './slice-record.ts'

/** Chooses among the answers that slices tell apart, by place in `classes`. */
export type Classes = ReadonlySet<number>

/** Without those that were measured once more: a slice that is doubtful even then counts, and is listed with its flags. */
export function countedSlices({ slices }: SlicesRecord): readonly SliceRecord[] {
  return slices.filter(({ repeated }) => repeated !== true)
}

/** Microseconds from the intended time, ascending. */
export function latenciesOf({ answers }: SliceRecord, classes: Classes): readonly number[] {
  const chosen = answers.filter((each) => classes.has(each.class))
  if (chosen.length === 1) return chosen[0]!.latencyUs
  return chosen.flatMap(({ latencyUs }) => latencyUs).sort((a, b) => a - b)
}

/** Median in microseconds; undefined where nothing of these classes was answered. */
export function p50Of(slice: SliceRecord, classes: Classes): number | undefined {
  const latencies = latenciesOf(slice, classes)
  return latencies.length === 0 ? undefined : medianSorted([...latencies])
}

/** CPU time per answered request, whatever the answer, nanoseconds; undefined where nobody tells or nothing was answered. */
export function cpuPerAnswerOf({ cpuNs, answers }: SliceRecord): number | undefined {
  const answered = answers.reduce((sum, { latencyUs }) => sum + latencyUs.length, 0)
  return cpuNs === null || answered === 0 ? undefined : cpuNs / answered
}
