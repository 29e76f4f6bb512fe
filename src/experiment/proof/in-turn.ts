import type { Emit, ExperimentEvent } from '../events.ts'

/** What one of several that go on side by side tells; `ended`: it has nothing more to tell. */
export interface Turn {
  readonly emit: Emit
  readonly ended: () => void
}

/**
 * Events of several that go on side by side, in order, as if they had gone on one after another: the first of those that
 * have not ended is heard at once, the others when it has.
 */
export function inTurn(emit: Emit, count: number): readonly Turn[] {
  const waiting = Array.from({ length: count }, (): ExperimentEvent[] => [])
  const over = new Set<number>()
  let turn = 0
  return waiting.map((events, at) => ({
    emit: (event) => void (at === turn ? emit(event) : events.push(event)),
    ended: () => {
      over.add(at)
      while (over.has(turn)) {
        turn += 1
        for (const event of waiting[turn] ?? []) emit(event)
      }
    },
  }))
}
