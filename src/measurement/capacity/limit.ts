/** What kept a step from being quicker: whoever had used up its share of the processor. */
import type { CapacityRecord, StepRecord } from './capacity-record.ts'

/**
 * shared: the one core that the system and the origins have between them. foreign: a core was full, and not of ours alone.
 * none: nobody’s core was full, so that each waited for the others, as with few connections. untold: nobody tells, here,
 * who used what.
 */
export type Limit = 'driver' | 'system' | 'origins' | 'shared' | 'foreign' | 'none' | 'untold'

/**
 * From this share of a core on it is full. The account of a step has its first and last milliseconds in it, in which
 * connections are opened and last answers awaited.
 */
const full = 0.85

/** All that were full, the driver first: what is measured with a full driver is not the system’s limit alone. */
export function limitsOf(
  { account: { wallMs, cpuNs, busy } }: Pick<StepRecord, 'account'>,
  { cores, instances }: Pick<CapacityRecord, 'cores' | 'instances'>,
): readonly Limit[] {
  if (!cores.driver || !cores.others || cpuNs.driver === null || cpuNs.origins === null) return ['untold']
  /** How many cores’ worth somebody used. */
  const used = (ns: number | null): number => (ns ?? 0) / 1e6 / wallMs
  const [driver, system, origins] = [used(cpuNs.driver), used(cpuNs.system), used(cpuNs.origins)]
  // One core: theirs together. Several: every system has one worker, and every origin is one process.
  const isOneCore = cores.others.length === 1
  const originCores = Math.min(instances, cores.others.length)
  const found: Limit[] = []
  if (driver >= full) found.push('driver')
  if (isOneCore && system + origins >= full) found.push(cpuNs.system === null ? 'origins' : 'shared')
  if (!isOneCore && origins >= full * originCores) found.push('origins')
  if (!isOneCore && system >= full) found.push('system')
  const isCrowded = (busy.driver ?? 0) >= full ? driver < full : (busy.others ?? 0) >= full && found.length === 0
  if (isCrowded) found.push('foreign')
  return found.length > 0 ? found : ['none']
}
