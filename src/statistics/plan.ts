/** How long a run measures: fixed before it begins, so that what it finds cannot choose when it ends. */
import { halfWidthOf } from './interval.ts'
import { type Judged, leastStarts } from './judge.ts'

export interface Wanted {
  readonly effort: 'quick' | 'default' | 'publish'
  /** Systems that take part, the duplicate among them. */
  readonly systems: number
  /** Traffic of one slice, milliseconds. */
  readonly sliceMs: number
  /** Time that measuring is allowed, milliseconds, starts included. */
  readonly budgetMs: number
  /** What one fresh start of all systems takes until the first slice, warm-up included, milliseconds. */
  readonly startMs: number
}

export interface Plan {
  /** Numbers of starts after which the run may stop, rising; the last is the most there are. */
  readonly looks: readonly number[]
  readonly blocksPerStart: number
  readonly starts: number
}

/** Equal systems differ by start, so many short starts say more than few long ones; below this a start is mostly starting. */
const usualBlocks = 6
/** Where even so few do not fit into the budget, it is overrun. */
const leastBlocks = 3

/**
 * Starts of each effort where the budget has room for them, and after which of them the run is looked at. In a minute, of
 * which a start takes a second before its first slice, twelve find a difference of 5 % as often as eight
 * (bench/statistics), and are surer where starts differ by more than they did when that noise was recorded.
 */
const usualStarts = { quick: [3], default: [8, 12], publish: [8, 12, 16, 20] } as const

/** Share of the budget that is planned: what takes longer than expected, and slices that are repeated, have the rest. */
const planned = 0.93

export function planOf(wanted: Wanted): Plan {
  const { effort, systems, sliceMs, budgetMs, startMs } = wanted
  const blockMs = systems * sliceMs
  const plannedMs = budgetMs * planned
  const usual = usualStarts[effort]
  const most = usual.at(-1)!
  const roomFor = Math.floor(plannedMs / (startMs + usualBlocks * blockMs))
  const starts = Math.min(most, Math.max(fewestOf(wanted), roomFor))
  const fewestBlocks = starts === 1 ? usualBlocks : leastBlocks
  const blocksPerStart = Math.max(fewestBlocks, Math.floor((plannedMs / starts - startMs) / blockMs))
  return { looks: [...usual.filter((each) => each < starts), starts], blocksPerStart, starts }
}

/**
 * Whatever the budget: as many as a claim takes, without which a run could as well be left out. A look claims nothing: it
 * has the three of an interval, or a single one where these would take twice as long as it may.
 */
function fewestOf({ effort, systems, sliceMs, budgetMs, startMs }: Wanted): number {
  if (effort !== 'quick') return leastStarts
  const [three] = usualStarts.quick
  return three * (startMs + leastBlocks * systems * sliceMs) <= 2 * budgetMs ? three : 1
}

export interface Progress {
  readonly judged: readonly Judged[]
  readonly looks: readonly number[]
  /** Starts that are measured. */
  readonly starts: number
  /** Half-width that was wanted, as a share. */
  readonly precision: number
  /** Measured so far, and allowed; milliseconds, starts included. */
  readonly spentMs: number
  readonly budgetMs: number
}

export interface Decision {
  readonly goOn: boolean
  /** A sentence for people. */
  readonly why: string
}

/** Asked after every start. Between two looks only the budget can end a run. */
export function decide({ judged, looks, starts, precision, spentMs, budgetMs }: Progress): Decision {
  const open = judged.filter((each) => isOpen(each, precision))
  const share = `${Number((precision * 100).toFixed(1))} %`
  if (looks.includes(starts) && open.length === 0) {
    return {
      goOn: false,
      why: `Every comparison shows a difference or that there is none of ${share}, after ${counted(starts)}.`,
    }
  }
  const most = looks.at(-1) ?? 0
  if (starts >= most)
    return {
      goOn: false,
      why: starts === 1 ? 'The one planned start is measured.' : `All ${starts} planned starts are measured.`,
    }
  if (starts >= Math.min(leastStarts, most) && spentMs + spentMs / starts > budgetMs) {
    return { goOn: false, why: `The budget of ${Math.round(budgetMs / 1000)} s is used, after ${counted(starts)}.` }
  }
  return { goOn: true, why: `${open.length} of ${judged.length} comparisons are open after ${counted(starts)}.` }
}

function counted(starts: number): string {
  return `${starts} ${starts === 1 ? 'start' : 'starts'}`
}

/**
 * False where it shows a difference that is known to some extent, or that there is none as large as was asked for: the
 * whole interval lies so near to 1. Narrow alone would not do: an interval that holds both 1 and the difference asked for
 * tells neither.
 */
export function isOpen({ interval, claim }: Judged, precision: number): boolean {
  if (claim === 'higher' || claim === 'lower') return halfWidthOf(interval) > 2 * precision
  return interval.high > 1 + precision || interval.low < 1 / (1 + precision)
}
