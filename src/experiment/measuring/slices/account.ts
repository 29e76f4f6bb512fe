/** What the slices of one system add up to over one start. */

import { recordRound } from '../../../measurement/recording/recorder.ts'
import type { RoundRecord } from '../../../measurement/run-record.ts'
import type { OriginCounts } from '../../../origin/spec.ts'
import { mergeHistograms } from '../../../traffic/measure/histogram.ts'
import { addUp, type DriverLoad, total } from '../../../traffic/measure/merge.ts'
import type { Frame, Sample } from '../../../traffic/plan.ts'

/** CPU time, nanoseconds. */
export interface CpuSpent {
  readonly system: number | null
  readonly origins: number | null
  readonly driver: number | null
}

/** What is kept of a slice until its start is over. */
export interface SliceParts {
  readonly frames: readonly Frame[]
  readonly samples: readonly Sample[]
  readonly durationMs: number
  readonly loads: readonly DriverLoad[]
  readonly cpuNs: CpuSpent
  readonly origins: readonly OriginCounts[]
}

/** `start`: its index. `position`: the system's place in the record. */
export function roundOf(
  label: string,
  start: number,
  position: number,
  slices: readonly SliceParts[],
  memoryBytes: number | null,
): RoundRecord {
  const spent = (who: keyof CpuSpent): number | null =>
    slices.reduce<number | null>((sum, { cpuNs }) => {
      const ns = cpuNs[who]
      return sum === null || ns === null ? null : sum + ns
    }, 0)
  const isFirst = start === 0
  const origins = sumOfCounts(slices.map((each) => each.origins))
  return recordRound(
    // All in one second: when each slice was, the slices say.
    slices.flatMap(({ frames }) => frames.map((frame) => ({ ...frame, atMs: 0, slots: [] }))),
    {
      index: start,
      label,
      position,
      durationMs: total(slices, ({ durationMs }) => durationMs),
      cpuNs: { system: spent('system'), origins: spent('origins'), driver: spent('driver') },
      memoryBytes,
      origins: isFirst ? origins : origins.map((each) => ({ ...each, paths: {}, last: [] })),
      samples: isFirst
        ? slices.flatMap(({ samples }) => samples).map((sample) => ({ ...sample, body: sample.body.slice(0, 4096) }))
        : [],
    },
    loadsOf(slices),
  )
}

/** By driver. */
function loadsOf(slices: readonly SliceParts[]): readonly DriverLoad[] {
  const drivers = Math.max(...slices.map(({ loads }) => loads.length))
  return Array.from({ length: drivers }, (_, n) => {
    const own = slices.flatMap(({ loads }) => loads[n] ?? [])
    return {
      busyMs: total(own, ({ busyMs }) => busyMs),
      lateness: mergeHistograms(own.map(({ lateness }) => lateness)),
    }
  })
}

/** Of each instance; `last` is of the last slice in which it was asked. */
function sumOfCounts(slices: readonly (readonly OriginCounts[])[]): readonly OriginCounts[] {
  const groups = Map.groupBy(slices.flat(), ({ name, instance }) => `${name}/${instance}`)
  return [...groups.values()].map((each) => ({
    ...each[0]!,
    requests: total(each, ({ requests }) => requests),
    connections: total(each, ({ connections }) => connections),
    routes: addUp(each.map(({ routes }) => routes)),
    paths: addUp(each.map(({ paths }) => paths)),
    consumers: addUp(each.map(({ consumers }) => consumers)),
    statuses: addUp(each.map(({ statuses }) => statuses)),
    last: each.findLast(({ last }) => last.length > 0)?.last ?? [],
  }))
}
