/** What slices have shown so far: blocks that are finished, and what the starts of each system add up to. */
import type { RoundRecord, ScenarioRecord } from '../../../measurement/run-record.ts'
import type { AnswerClass, SliceRecord, SlicesRecord } from '../../../measurement/slices/slice-record.ts'
import { roundOf, type SliceParts } from './account.ts'
import { counts } from './block.ts'
import type { Slice } from './slice.ts'

export interface Gathered {
  /** Place of a class of answers in the record. */
  placeOf(answers: AnswerClass): number
  block(slices: readonly Slice[]): void
  /** Ends a start: its rounds, of the systems that have a finished block in it, in this order. */
  endStart(
    start: number,
    labels: readonly string[],
    memoryOf: ReadonlyMap<string, number | null>,
  ): readonly RoundRecord[]
  readonly rounds: readonly RoundRecord[]
  record(rest: Omit<SlicesRecord, 'classes' | 'slices'>): SlicesRecord
}

export function gather(): Gathered {
  const places = new Map<string, number>()
  const classes: AnswerClass[] = []
  const slices: SliceRecord[] = []
  const rounds: RoundRecord[] = []
  let ofStart = new Map<string, SliceParts[]>()
  return {
    placeOf: (answers) => {
      const name = JSON.stringify([answers.phase, answers.mixIndex, answers.status, answers.cache])
      const known = places.get(name)
      if (known !== undefined) return known
      places.set(name, classes.length)
      return classes.push(answers) - 1
    },
    block: (block) => {
      for (const slice of block) {
        slices.push(slice.record)
        if (!counts(slice)) continue
        const { label } = slice.record
        ofStart.set(label, [...(ofStart.get(label) ?? []), slice.parts])
      }
    },
    endStart: (start, labels, memoryOf) => {
      const ended = labels.flatMap((label, position) => {
        const parts = ofStart.get(label)
        return parts ? [roundOf(label, start, position, parts, memoryOf.get(label) ?? null)] : []
      })
      ofStart = new Map()
      rounds.push(...ended)
      return ended
    },
    rounds,
    record: (rest) => ({ ...rest, classes, slices }),
  }
}

/** As a record of this moment, for what is drawn from records. */
export function soFar(scenario: Pick<ScenarioRecord, 'scenario' | 'subjects'>, slices: SlicesRecord): ScenarioRecord {
  return { ...scenario, plannedRounds: 0, rounds: [], slices }
}
