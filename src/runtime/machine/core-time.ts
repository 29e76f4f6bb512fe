/** What the cores of this machine have done so far, whoever used them (proc_stat(5)). */
import { readFileSync } from 'node:fs'

export interface CoreTime {
  /** Ticks in which something ran. */
  readonly busy: number
  /** All ticks, idle ones included. */
  readonly all: number
}

export type CoreTimes = ReadonlyMap<number, CoreTime>

/** By core; null where the platform does not tell. */
export function coreTimes(stat = readStat()): CoreTimes | null {
  const lines = [...stat.matchAll(/^cpu(\d+) (.+)$/gm)]
  if (lines.length === 0) return null
  return new Map(
    lines.map(([, core, line]) => {
      // user nice system idle iowait irq softirq steal; guest time is in user already.
      const ticks = line!.trim().split(/\s+/).slice(0, 8).map(Number)
      const all = ticks.reduce((sum, each) => sum + each, 0)
      return [Number(core), { busy: all - ticks[3]! - ticks[4]!, all }]
    }),
  )
}

function readStat(): string {
  try {
    return readFileSync('/proc/stat', 'utf8')
  } catch {
    return ''
  }
}

/** The share of these cores that was in use between two readings, 0–1; null where nobody tells, or no tick has passed. */
export function busyShare(before: CoreTimes | null, after: CoreTimes | null, cores: readonly number[] | null) {
  if (!before || !after || !cores) return null
  const spent = (of: keyof CoreTime): number =>
    cores.reduce((sum, core) => sum + (after.get(core)?.[of] ?? 0) - (before.get(core)?.[of] ?? 0), 0)
  return spent('all') > 0 ? spent('busy') / spent('all') : null
}
