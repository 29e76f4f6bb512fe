/** One block: a slice of every system, in an order that is drawn and balanced, all with the same requests at the same times. */
import { isRepeated } from '../../../measurement/guards.ts'
import type { Turn } from '../measuring.ts'
import type { Ended } from '../start-together.ts'
import { type Bench, measureSlice, type Slice } from './slice.ts'
import { orderOf, seedOf } from './slice-plan.ts'
import { endedOf, type Subject } from './subject.ts'

export interface BlockTask {
  readonly subjects: readonly Subject[]
  readonly start: number
  readonly block: number
  readonly seed: number
  readonly bench: Bench
  readonly turn: Turn
  /** Flags of each system in the block before, by label. */
  readonly before: ReadonlyMap<string, readonly string[]>
}

export interface Block {
  /** In the order of measuring; of one that was repeated both, the second of which counts. */
  readonly slices: readonly Slice[]
  /** Of these nothing of this block is kept. */
  readonly ended: readonly Ended[]
}

export async function measureBlock(task: BlockTask, signal: AbortSignal): Promise<Block> {
  const { subjects, start, block, bench, turn, before } = task
  const seed = seedOf(task.seed, start, block)
  const slices: Slice[] = []
  const ended: Ended[] = []
  for (const [position, subject] of orderOf(subjects, task.seed, start, block).entries()) {
    signal.throwIfAborted()
    const measure = (): Promise<Slice> =>
      turn(() => measureSlice(subject, { start, block, position, seed }, bench, signal))
    const first = await measure()
    // Asking whether it still runs takes the time of a slice in containers: only where requests failed.
    const gone = first.figures.failed > 0 ? await endedOf(subject) : undefined
    if (gone) ended.push(gone)
    else if (isRepeated(first.record.flags, before.get(first.record.label) ?? [])) {
      slices.push(repeated(first), again(await measure()))
    } else slices.push(first)
  }
  return { slices, ended }
}

function repeated({ record, ...rest }: Slice): Slice {
  return { ...rest, record: { ...record, repeated: true } }
}

function again({ figures, ...rest }: Slice): Slice {
  return { ...rest, figures: { ...figures, again: true } }
}

export function counts({ record }: Slice): boolean {
  return record.repeated !== true
}
