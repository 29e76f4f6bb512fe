/** Whether one system changed while it was measured: a machine that gets hot slows down. */
import { median } from 'simple-statistics'
import { type Classes, countedSlices, p50Of } from './counted.ts'
import type { SlicesRecord } from './slice-record.ts'

/** Median of the last third of a system's slices by that of the first, less 1: 0.2 is 20 % slower. NaN for under six. */
export function driftOf(slices: SlicesRecord, label: string, accepted: Classes): number {
  const medians = countedSlices(slices)
    .filter((slice) => slice.label === label)
    .toSorted((a, b) => a.atMs - b.atMs)
    .flatMap((slice) => p50Of(slice, accepted) ?? [])
  const third = Math.floor(medians.length / 3)
  return third < 2 ? Number.NaN : median(medians.slice(-third)) / median(medians.slice(0, third)) - 1
}
