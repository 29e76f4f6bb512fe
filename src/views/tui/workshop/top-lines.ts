/** What stands above every view: how to join, what is ordered, what the projector shows, who is stuck. */
import stringWidth from 'string-width'
import type { Lab } from '../../../labs/file/lab.ts'
import type { Host, Room } from '../../../workshop/room/room.ts'
import { type Person, stuckAmong } from '../../../workshop/summary/people.ts'
import { questionAt } from '../../../workshop/summary/questions.ts'
import type { Screen } from '../../services.ts'
import { paint } from '../../text/style.ts'
import { clockTime, shortTime } from '../../text/workshop/words.ts'
import { fitted } from '../widgets/theme.ts'
import { type View, views } from './facilitator-state.ts'

/** One line where both fit, otherwise two: neither is ever cut for the other. */
export function joinLinesShown(host: Pick<Host, 'joinLines' | 'passcode'>, columns: number, screen: Screen): string[] {
  const [first = ''] = host.joinLines
  const others = host.joinLines.length - 1
  const join = `Join: edgelab join ${first}`
  const passcode = `passcode ${host.passcode}${others > 0 ? `  (a: ${others} more)` : ''}`
  const both = `${join}  ${passcode}`
  return stringWidth(both) <= columns
    ? [fitted(both, columns, screen)]
    : [join, passcode].map((line) => fitted(line, columns, screen))
}

export function ordersLine(room: Room, labs: readonly Lab[], columns: number, screen: Screen): string {
  const { pauseAt, message, isOver } = room.orders
  const lab = labs.find(({ id }) => id === pauseAt?.lab)
  const step = lab?.steps.findIndex(({ id }) => id === pauseAt?.step) ?? -1
  const pause = pauseAt ? `PAUSED at lab ${lab?.number ?? '?'} step ${step + 1}` : 'not paused'
  const parts = [
    isOver ? 'THE WORKSHOP HAS ENDED' : pause,
    `projector: ${projectorWords(room, labs)}`,
    ...(message ? [`said ${clockTime(message.at)} “${message.text}”`] : []),
  ]
  return fitted(parts.join(' · '), columns, screen)
}

function projectorWords({ projection: { shows, isRevealed } }: Room, labs: readonly Lab[]): string {
  if (!shows) return 'how to join'
  const question = questionAt(labs, shows)
  const name = question ? `lab ${question.lab.number} ${question.id}` : 'a question of no lab here'
  return `${name}, results ${isRevealed ? 'shown' : 'hidden'}`
}

/** Who is stuck longest comes first; as many as fit. */
export function stuckLine(people: readonly Person[], columns: number, screen: Screen): string {
  const stuck = stuckAmong(people)
  if (stuck.length === 0) return 'Nobody is stuck.'
  const each = stuck.map(
    ({ participant: { name }, forMs, at }) =>
      `${fitted(name, 16, screen)} ${shortTime(forMs)} at ${at!.lab.number}.${at!.number}`,
  )
  const line = (count: number): string => {
    const rest = stuck.length - count
    return `Stuck ${stuck.length}: ${each.slice(0, count).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  }
  let count = each.length
  while (count > 1 && stringWidth(line(count)) > columns) count -= 1
  return paint(fitted(line(count), columns, screen), 'bad', screen)
}

const titles: Readonly<Record<View, string>> = {
  steps: 'Steps',
  questions: 'Questions',
  machines: 'Machines',
  refusals: 'Refused',
}

/** `[1 Steps] 2 Questions  3 Machines  4 Refused   lab 1 One hop` */
export function viewsLine(at: View, { number, title }: Lab, columns: number, screen: Screen): string {
  const names = views.map((view, index) => {
    const name = `${index + 1} ${titles[view]}`
    return view === at ? `[${name}]` : ` ${name} `
  })
  return fitted(`${names.join('')}${at === 'steps' ? `   lab ${number} ${title}` : ''}`, columns, screen)
}

/** `18 of 20 here · until 16:30 (42 min)` */
export function roomWords({ participants, orders: { endsAt } }: Room, now: number): string {
  const connected = participants.filter(({ isConnected }) => isConnected).length
  const here = `${connected} of ${participants.length} here`
  if (endsAt === null) return here
  const left = Date.parse(endsAt) - now
  return `${here} · until ${clockTime(endsAt)} (${left > 0 ? shortTime(left) : 'over'})`
}
