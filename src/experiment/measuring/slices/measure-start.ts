/** One start's blocks, from the first to the last that there is time for. */
import type { Emit } from '../../events.ts'
import type { MeasuringTask } from '../measuring.ts'
import type { Ended } from '../start-together.ts'
import { counts, measureBlock } from './block.ts'
import type { Gathered } from './gathered.ts'
import type { Bench } from './slice.ts'
import { openMeter, type Subject } from './subject.ts'

export interface StartTask {
  readonly task: MeasuringTask
  readonly subjects: readonly Subject[]
  readonly start: number
  /** Starts at most. */
  readonly of: number
  readonly blocks: number
  /** No block begins later than this after the start's first, so that a slow system cannot stretch a run. */
  readonly longestMs: number
  readonly bench: Bench
  readonly gathered: Gathered
  readonly elapsedMs: () => number
}

/** What has ended meanwhile; finished blocks are gathered. Rejects with the signal's reason. */
export async function measureStart(start: StartTask, emit: Emit, signal: AbortSignal): Promise<readonly Ended[]> {
  const { task, blocks, bench, gathered, elapsedMs } = start
  const { scenario, asked, seed, turn } = task
  const told = { scenario: scenario.id, start: start.start, budgetMs: asked.budgetMs }
  const ended: Ended[] = []
  let subjects = start.subjects
  let flags = new Map<string, readonly string[]>()
  // What came by warming up is no slice's.
  await bench.reached()
  const began = elapsedMs()
  emit({ type: 'start-began', ...told, of: start.of, elapsedMs: began })
  for (let block = 0; block < blocks && subjects.length > 0; block += 1) {
    if (block > 1 && elapsedMs() - began > start.longestMs) break
    await Promise.all(subjects.map(openMeter))
    const at = { subjects, start: start.start, block, seed, bench, turn, before: flags }
    const measured = await measureBlock(at, signal)
    gathered.block(measured.slices)
    ended.push(...measured.ended)
    subjects = subjects.filter(({ ready }) => !measured.ended.some((each) => each.ready === ready))
    const counted = measured.slices.filter(counts)
    flags = new Map(counted.map(({ record }) => [record.label, record.flags]))
    const slices = counted.map(({ figures }) => figures)
    emit({ type: 'block-finished', ...told, block, of: blocks, elapsedMs: elapsedMs(), slices })
  }
  return ended
}
