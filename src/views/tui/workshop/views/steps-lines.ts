/** Steps × people in lines of one width: signs, never colours alone, and what somebody is doing in words. */
import type { Lab } from '../../../../labs/file/lab.ts'
import type { Room } from '../../../../workshop/room/room.ts'
import { type CellState, doneCounts, type GridRow } from '../../../../workshop/summary/grid.ts'
import { median, timesOf } from '../../../../workshop/summary/pace.ts'
import type { Screen } from '../../../services.ts'
import { padded } from '../../../text/style.ts'
import { counted, shortTime, stateWords } from '../../../text/workshop/words.ts'
import { stepWords } from '../../../words/lab-words.ts'
import { column, fitted } from '../../widgets/theme.ts'
import { windowAround } from '../../widgets/window.ts'

export interface StepsLines {
  /** Numbers of the steps, and how many are done with each. */
  readonly head: readonly string[]
  /** One for each person, without the pointer. */
  readonly rows: readonly string[]
}

const unicodeSigns: Readonly<Record<CellState, string>> = {
  ahead: '·',
  begun: '○',
  here: '●',
  stuck: '!',
  done: '✓',
  skipped: '–',
}
const asciiSigns: Readonly<Record<CellState, string>> = {
  ...unicodeSigns,
  ahead: '.',
  begun: 'o',
  here: '@',
  done: '+',
  skipped: '-',
}

const stateWidth = 13
const hintsWidth = 4
const checksWidth = 6
const teamWidth = 7
/** Shorter, and people are not told apart. */
const shortestName = 8
const longestName = 28
/** Before every line of a list. */
const pointer = 2

export interface StepsOptions {
  /** Of the whole line. */
  readonly columns: number
  /** Index of the chosen step. */
  readonly step: number
  readonly screen: Screen
}

export function stepsLines(rows: readonly GridRow[], room: Room, lab: Lab, options: StepsOptions): StepsLines {
  const { columns, step, screen } = options
  const isWide = columns >= 100
  const right = stateWidth + hintsWidth + (isWide ? checksWidth + teamWidth : 0)
  const roomForCells = columns - pointer - shortestName - 1 - right
  const digits = String(room.participants.length).length
  const cell = [digits + 2, 4, 3, 2].find((width) => lab.steps.length * width <= roomForCells) ?? 2
  const most = Math.floor(roomForCells / cell)
  // More steps than fit: those around the chosen one.
  const from =
    lab.steps.length <= most ? 0 : windowAround(lab.steps.length, most + 1, step, Math.max(0, step - most + 1)).from
  const visible = lab.steps.slice(from, from + most).map((_, at) => from + at)
  const nameWidth = Math.min(longestName, columns - pointer - 1 - right - visible.length * cell)
  const line = (name: string, cells: readonly string[], words: string): string =>
    `${column(name, nameWidth, screen)} ${cells.map((text) => padded(text, cell, 'right')).join('')} ${words}`.trimEnd()
  const signs = screen.unicode ? unicodeSigns : asciiSigns
  const counts = doneCounts(rows, lab)
  const hinted = (hints: number): string => (hints === 0 ? '' : `${hints} h`)
  return {
    head: [
      `  ${line(
        '',
        visible.map((at) => stepNumber(at, room, lab, { ...options, cell })),
        'here for',
      )}`,
      ...(cell > digits
        ? [
            `  ${line(
              'done with it',
              visible.map((at) => String(counts[at])),
              '',
            )}`,
          ]
        : []),
    ],
    rows: rows.map(({ person, cells, checks }) => {
      const elsewhere =
        person.at && person.at.lab !== lab && person.state === 'working' ? `lab ${person.at.lab.number}, ` : ''
      const doing = padded(fitted(`${elsewhere}${stateWords(person)}`, stateWidth - 1, screen), stateWidth)
      const hints = padded(hinted(person.hints), hintsWidth)
      const checked = padded(checks ? `${checks.right}/${checks.of}` : '', checksWidth)
      const more = isWide ? `${checked}${person.participant.team ?? ''}` : ''
      return line(
        person.participant.name,
        visible.map((at) => signs[cells[at]!]),
        `${doing}${hints}${more}`,
      )
    }),
  }
}

/** `›` before the chosen step, `=` before the one where everybody pauses. */
function stepNumber(
  at: number,
  { orders }: Room,
  lab: Lab,
  { step, screen, cell }: StepsOptions & { cell: number },
): string {
  const isPause = orders.pauseAt?.lab === lab.id && orders.pauseAt.step === lab.steps[at]!.id
  const mark = at === step ? (screen.unicode ? '›' : '>') : isPause ? '=' : ''
  // Where only one digit has room, the line about the chosen step says which it is.
  return `${mark}${cell > 2 ? at + 1 : (at + 1) % 10}`
}

/** `Step 7 Tell the origin who asks · task · 12 done, usually 6 min` */
export function stepLine(room: Room, lab: Lab, at: number, rows: readonly GridRow[]): string {
  const { id, title, type } = lab.steps[at]!
  const times = timesOf(room, lab.id, id)
  const done = doneCounts(rows, lab)[at]!
  const usual = times.length === 0 ? '' : `, usually ${shortTime(median(times))}`
  const hints = room.participants.reduce((sum, { reports }) => sum + (reports[`${lab.id}/${id}`]?.hints ?? 0), 0)
  return `Step ${at + 1} ${title} · ${stepWords[type]} · ${done} done${usual}${hints === 0 ? '' : `, ${counted(hints, 'hint')}`}`
}

export function legendLine(screen: Screen): string {
  const signs = screen.unicode ? unicodeSigns : asciiSigns
  const words = {
    done: 'done',
    skipped: 'skipped',
    here: 'here',
    stuck: 'stuck',
    begun: 'left open',
    ahead: 'ahead',
  } as const
  const keys = Object.keys(words) as (keyof typeof words)[]
  return `${keys.map((key) => `${signs[key]} ${words[key]}`).join('  ')}  h hints`
}
