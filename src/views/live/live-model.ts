/**
 * What the live screen shows, from the event stream. Events are taken in as they come, whoever draws reads a picture
 * of the moment as rarely as it likes: collecting never waits for drawing.
 */
import type { ExperimentEvent, PlannedScenario } from '../../experiment/events.ts'
import { remaining } from '../text/progress/remaining.ts'
import { waitingWords } from '../words/known-words.ts'
import { type LiveRow, type RowKeeper, rowKeeper } from './live-row.ts'

export interface LivePicture {
  /** null until the run has begun. */
  readonly run: { readonly runtime: string; readonly reason: string; readonly seed: number } | null
  /** The scenario at hand; `number` from 1. */
  readonly scenario: {
    readonly id: string
    readonly question: string
    readonly number: number
    readonly of: number
  } | null
  /** The round at hand, `number` from 1; null while systems start and are proved, and where it is measured in slices. */
  readonly round: { readonly number: number; readonly of: number } | null
  /** The start and the block at hand, from 1; `block` is 0 until the first one is measured. null where there are none. */
  readonly start: {
    readonly number: number
    readonly of: number
    readonly block: number
    readonly blocks: number
    readonly elapsedMs: number
    readonly budgetMs: number
  } | null
  readonly rows: readonly LiveRow[]
  /** A guess; undefined where nothing is left or known. */
  readonly leftMs: number | undefined
  /** Progress messages that are no events, and what a run in slices waits for, newest last. */
  readonly notes: readonly string[]
  readonly finished: boolean
}

export interface LiveModel {
  take(event: ExperimentEvent): void
  note(line: string): void
  read(): LivePicture
}

/** Older notes are of no use to anybody. */
const maxNotes = 50

/** `now`: a clock in milliseconds. */
export function liveModel(now: () => number = () => performance.now()): LiveModel {
  const clock = remaining(now)
  let keepers = new Map<string, RowKeeper>()
  let systems: readonly string[] = []
  let picture: Omit<LivePicture, 'rows' | 'leftMs'> = {
    run: null,
    scenario: null,
    round: null,
    start: null,
    notes: [],
    finished: false,
  }
  let scenarios: readonly PlannedScenario[] = []

  const change = (more: Partial<typeof picture>): void => {
    picture = { ...picture, ...more }
  }
  const keeper = (label: string): RowKeeper => {
    const known = keepers.get(label)
    if (known) return known
    const made = rowKeeper(label, originalOf(label, systems))
    keepers.set(label, made)
    return made
  }
  const note = (line: string): void => change({ notes: [...picture.notes, line].slice(-maxNotes) })
  const take = (event: ExperimentEvent): void => {
    switch (event.type) {
      case 'run-started': {
        clock.start(event)
        const { runtime, reason, seed } = event
        scenarios = event.scenarios
        // Asking the origin directly is always part of a run, first of all.
        systems = event.systems.includes('direct') ? event.systems : ['direct', ...event.systems]
        return change({ run: { runtime, reason, seed } })
      }
      case 'scenario-started': {
        const { scenario: id, question } = event
        keepers = new Map(systems.map((label) => [label, rowKeeper(label)]))
        const number = scenarios.findIndex((each) => each.id === id) + 1
        return change({ scenario: { id, question, number, of: scenarios.length }, round: null, start: null })
      }
      case 'subject-unavailable':
        keeper(event.label).becomes('unavailable', { reason: event.reason, remedy: event.remedy })
        return clock.absent(event.scenario)
      case 'subject-starting':
        for (const each of keepers.values()) settle(each)
        return keeper(event.label).becomes('starting')
      case 'subject-ready':
        return keeper(event.label).becomes('proving', { version: event.version })
      case 'subject-failed':
        keeper(event.label).becomes('failed', { reason: event.reason, logTail: event.logTail })
        return clock.absent(event.scenario)
      case 'probe-finished':
        return keeper(event.label).proved(event.probe)
      case 'round-started': {
        for (const each of keepers.values()) settle(each)
        const row = keeper(event.label)
        row.becomes('measuring')
        row.roundStarts(event.index)
        return change({ round: { number: event.index + 1, of: event.of } })
      }
      case 'frame':
        return keeper(event.label).frame(event.index, event.frame, event.unexpected)
      case 'round-finished': {
        clock.finished(event.scenario)
        const row = keeper(event.round.label)
        row.roundEnds(event.round)
        return row.becomes(event.round.index + 1 >= event.of ? 'done' : 'waiting')
      }
      case 'start-began': {
        for (const each of keepers.values()) begin(each)
        const { start, of, elapsedMs, budgetMs } = event
        return change({ start: { number: start + 1, of, block: 0, blocks: 0, elapsedMs, budgetMs } })
      }
      case 'block-finished': {
        const { start, block, of, elapsedMs, budgetMs } = event
        clock.used(event.scenario, elapsedMs / budgetMs)
        for (const slice of event.slices) keeper(slice.label).slice(slice, elapsedMs)
        const starts = picture.start?.of ?? start + 1
        const at = { number: start + 1, of: starts, block: block + 1, blocks: of, elapsedMs, budgetMs }
        return change({ start: at })
      }
      case 'start-finished': {
        clock.used(event.scenario, event.elapsedMs / event.budgetMs)
        for (const interval of event.known) keeper(interval.label).know(interval)
        const planned = scenarios.find(({ id }) => id === event.scenario)
        const waiting = event.stopped ?? waitingWords(event.known, planned?.precision ?? 0)
        if (waiting !== '') note(waiting)
        if (event.stopped !== undefined) for (const each of keepers.values()) end(each)
        return
      }
      case 'scenario-finished':
        clock.ended(event.scenario)
        for (const each of keepers.values()) settle(each)
        return
      case 'run-finished':
        return change({ finished: true })
      default:
        return event satisfies never
    }
  }
  return {
    take,
    note,
    read: () => ({ ...picture, rows: [...keepers.values()].map((each) => each.read()), leftMs: clock.left() }),
  }
}

/** Proof is over when the run goes on to something else; a round that was broken off is no longer measured. */
function settle(keeper: RowKeeper): void {
  const { state } = keeper.read()
  if (state === 'proving' || state === 'starting' || state === 'measuring') keeper.becomes('waiting')
}

/** In slices all take turns many times a second: whoever is up is being measured. */
function begin(keeper: RowKeeper): void {
  const { state } = keeper.read()
  if (state !== 'failed' && state !== 'unavailable') keeper.becomes('measuring')
}

function end(keeper: RowKeeper): void {
  if (keeper.read().state === 'measuring') keeper.becomes('done')
}

/** `nginx` of `nginx-2`, where that is no system that somebody asked for. */
function originalOf(label: string, systems: readonly string[]): string | undefined {
  const original = label.replace(/-\d+$/, '')
  return original !== label && !systems.includes(label) && systems.includes(original) ? original : undefined
}
