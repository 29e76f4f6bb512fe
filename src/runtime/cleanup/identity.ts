/** Identifies a process beyond its pid, which the system may have given to another process meanwhile. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { statOf } from '../processes/tree.ts'

export interface Identity {
  readonly pid: number
  /** Linux: clock ticks since boot. Elsewhere: seconds since 1970. */
  readonly startTime: number
}

/** null where there is no such process, or it has ended and waits for its parent to notice. */
export async function identityOf(pid: number): Promise<Identity | null> {
  const startTime = process.platform === 'linux' ? await startTimeOnLinux(pid) : await startTimeFromPs(pid)
  return startTime === null ? null : { pid, startTime }
}

export async function isAlive({ pid, startTime }: Identity): Promise<boolean> {
  return (await identityOf(pid))?.startTime === startTime
}

async function startTimeOnLinux(pid: number): Promise<number | null> {
  const stat = await statOf(pid)
  return stat && !stat.ended ? stat.startTime : null
}

async function startTimeFromPs(pid: number): Promise<number | null> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  const ms = Date.parse(stdout.trim())
  return Number.isNaN(ms) ? null : ms / 1000
}
