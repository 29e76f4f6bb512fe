/**
 * What the live screen shows, from the event stream. Events are taken in as they come, whoever draws reads a picture
 * of the moment as rarely as it likes: collecting never waits for drawing.
 */
import type { ChartBlock } from '../../comparison/finding.ts'
import type { ExperimentEvent } from '../../experiment/events.ts'
import { formatMs } from '../../units.ts'
import { remaining } from '../text/progress/remaining.ts'
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
  /** The round at hand, `number` from 1; null while systems start and are proved. */
  readonly round: { readonly number: number; readonly of: number } | null
  readonly rows: readonly LiveRow[]
  /** A guess; undefined where nothing is left or known. */
  readonly leftMs: number | undefined
  /** Progress messages that are no events, newest last. */
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
    notes: [],
    finished: false,
  }
  let scenarios: readonly { readonly id: string }[] = []

  const change = (more: Partial<typeof picture>): void => {
    picture = { ...picture, ...more }
  }
  const keeper = (label: string): RowKeeper => {
    const known = keepers.get(label)
    if (known) return known
    const made = rowKeeper(label)
    keepers.set(label, made)
    return made
  }
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
        return change({ scenario: { id, question, number, of: scenarios.length }, round: null })
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
        clock.finished()
        const row = keeper(event.round.label)
        row.roundEnds(event.round)
        return row.becomes(event.round.index + 1 >= event.of ? 'done' : 'waiting')
      }
      case 'start-began':
      case 'block-finished':
      case 'start-finished':
        return
      case 'scenario-finished':
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
    note: (line) => change({ notes: [...picture.notes, line].slice(-maxNotes) }),
    read: () => ({ ...picture, rows: [...keepers.values()].map((each) => each.read()), leftMs: clock.left() }),
  }
}

/** Proof is over when the run goes on to something else; a round that was broken off is no longer measured. */
function settle(keeper: RowKeeper): void {
  const { state } = keeper.read()
  if (state === 'proving' || state === 'starting' || state === 'measuring') keeper.becomes('waiting')
}

/** p50 over the latest round of each system, on one scale. undefined while there is nothing to draw. */
export function liveChart({ rows }: LivePicture): ChartBlock | undefined {
  const series = rows
    .filter(({ points }) => points.some(([, ms]) => ms !== null))
    .map(({ label, points }) => ({ name: label, points }))
  if (series.length === 0) return undefined
  const figures = rows.flatMap(({ label, figures: each }) => (each ? [`${label} ${formatMs(each.p50Ms)}`] : []))
  return {
    kind: 'chart',
    shape: 'line',
    title: 'p50 by quarter of a second, latest round of each',
    x: { title: 'seconds', scale: 'linear' },
    // A cached answer and one from the origin lie a factor of 40 apart: on a linear scale one of them is the axis.
    y: { title: 'p50, ms', scale: 'log' },
    series,
    summary: `p50 of the latest round: ${figures.join(', ')}.`,
  }
}
