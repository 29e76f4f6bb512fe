/** A recording → a scenario, and what became of everything in it. */
import { EdgeLabError } from '../errors.ts'
import type { SegmentKind } from './paths/words.ts'
import { type Pace, paceOf } from './scenario/pace.ts'
import { type Written, writeScenario } from './scenario/write.ts'
import type { Tally } from './tally/tally.ts'

/** What readers of recordings hand over. */
export interface Reading {
  readonly tally: Tally
  /** `an access log (…)`; for the scenario’s first line. */
  readonly recording: string
  /** What could not be read, by the reason, with the first few of each. */
  readonly broken: ReadonlyMap<string, Broken>
  /** What is to be said beside: other hosts, bodies that were dropped. */
  readonly notes: readonly string[]
  /** How many requests must have had a word of a path for it to be kept. */
  readonly least: number
}

export interface Broken {
  count: number
  /** Shown to whoever imports, never written. */
  readonly examples: { readonly place: string; readonly text: string }[]
}

export interface Imported extends Written {
  readonly reading: Reading
  readonly pace: Pace
  readonly replaced: ReadonlyMap<SegmentKind, number>
}

/** Throws EdgeLabError `nothingRecorded` where there is no request that a scenario could send. */
export function toScenario(
  reading: Reading,
  path: string,
  { id, speed }: { readonly id: string; readonly speed: number },
): Imported {
  const { tally, recording, least } = reading
  if (tally.requests === 0) {
    const why = [...reading.broken.keys(), ...tally.leftOut.keys()].join('; ') || 'it is empty'
    throw new EdgeLabError('nothingRecorded', { path, why })
  }
  const pace = paceOf(tally.seconds, speed)
  const written = writeScenario(tally, pace, { id, recording, least, speed })
  return { ...written, reading, pace, replaced: tally.tree.replaced }
}
