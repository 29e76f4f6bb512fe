/** Where machines of one's own begin to cost less, over the noise of what was measured. */
import { type BreakEven, breakEven, furthest } from '../../../../prices/break-even.ts'
import type { MachinePrice } from '../../../../prices/price.ts'
import type { MonthShape, Terms } from '../../../../prices/terms.ts'
import { formatCount } from '../../../../units.ts'
import type { Managed, OwnMachines } from './choices.ts'

export interface Against {
  readonly least: BreakEven
  readonly usual: BreakEven
  readonly most: BreakEven
}

export function againstOf(
  { api, bill }: Managed,
  machine: MachinePrice,
  { cpuUs }: OwnMachines,
  month: MonthShape,
  terms: Terms,
): Against {
  const shape = { bodyBytes: month.bodyBytes, cacheGb: bill.cache > 0 ? month.cacheGb : null }
  const at = (us: number): BreakEven => breakEven(api, machine, us, shape, terms)
  return { least: at(cpuUs.least), usual: at(cpuUs.usual), most: at(cpuUs.most) }
}

/** `34 million`, `34 to 36 million`, `never, up to 1 trillion` */
export function againstInWords({ least, usual, most }: Against): string {
  const ends = [least.from, usual.from, most.from]
  const known = ends.filter((from) => from !== null)
  if (known.length === 0) return `never, up to ${formatCount(furthest)}`
  const [low, high] = [Math.min(...known), Math.max(...known)].map(formatCount) as [string, string]
  if (known.length < ends.length) return `${low}, or never`
  const back = [least, usual, most].every(({ forGood }) => forGood) ? '' : ', not for every larger number'
  return `${low === high ? low : `${low} to ${high}`}${back}`
}
