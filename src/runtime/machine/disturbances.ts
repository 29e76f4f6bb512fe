/** What disturbs whatever runs on this machine: time that a hypervisor gives to others, limits, heat. */
import { readdirSync, readFileSync } from 'node:fs'

/** Counted since the machine or its limits came to be. */
export interface Disturbances {
  /** Ticks of USER_HZ, 10 ms each on Linux, over the cores that were asked about (proc_stat(5)). */
  readonly stolenTicks: number
  /** Periods in which a control group of this process had used up its quota, and times that heat slowed a core. */
  readonly throttled: number
}

const quotaFiles = ['/sys/fs/cgroup/cpu.stat', '/sys/fs/cgroup/cpu/cpu.stat']
const coresFolder = '/sys/devices/system/cpu'

/** Reads what there is to read for these cores, all where null; quick enough for the borders of a slice. */
export function disturbanceReader(cores: readonly number[] | null): () => Disturbances {
  const quotas = quotaFiles.filter((file) => read(file) !== '')
  const heats = namesIn(coresFolder)
    .filter((name) => /^cpu\d+$/.test(name) && (cores === null || cores.includes(Number(name.slice(3)))))
    .map((name) => `${coresFolder}/${name}/thermal_throttle/core_throttle_count`)
    .filter((file) => read(file) !== '')
  return () => ({
    stolenTicks: stolenIn(read('/proc/stat'), cores),
    throttled: sum([
      ...quotas.map((file) => Number(/^nr_throttled (\d+)/m.exec(read(file))?.[1] ?? 0)),
      ...heats.map((file) => Number(read(file))),
    ]),
  })
}

/** The eighth figure of each core's line. */
export function stolenIn(stat: string, cores: readonly number[] | null): number {
  const lines = [...stat.matchAll(/^cpu(\d+) (.+)$/gm)]
  return sum(
    lines
      .filter(([, core]) => cores === null || cores.includes(Number(core)))
      .map(([, , line]) => Number(line!.trim().split(/\s+/)[7] ?? 0)),
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
