/** How it stands with the workshop, in words: one line for a header, and sentences for what changed. Pure. */

import { plural } from '../../comparison/blocks.ts'
import type { Lab } from '../../labs/file/lab.ts'
import type { Orders } from '../protocol/messages.ts'
import type { ParticipationState } from './participation.ts'

/** `Workshop “Edges”: offline, 3 answers wait · paused at step 2 of lab 1 · ends at 15:30` */
export function workshopLine(state: ParticipationState, labs: readonly Lab[]): string {
  const { workshop, orders } = state
  const name = `Workshop “${workshop.title}”`
  if (orders?.isOver) return `${name} is over; labs go on alone`
  const stands = `${name}: ${connectionInWords(state)}`
  if (state.connection === 'removed' || state.connection === 'refused') return stands
  return [
    stands,
    ...(orders?.pauseAt ? [`paused at ${placeInWords(orders.pauseAt, labs)}`] : []),
    ...(orders?.endsAt ? [`ends at ${timeInWords(orders.endsAt)}`] : []),
  ].join(' · ')
}

/** What changed, a sentence each. `before` is null at the beginning. */
export function workshopNews(
  before: ParticipationState | null,
  now: ParticipationState,
  labs: readonly Lab[],
): readonly string[] {
  const said: string[] = []
  const was = before?.orders ?? null
  const is = now.orders
  if (is?.isOver) return was?.isOver ? [] : ['The workshop is over. Labs go on alone; nothing more is told.']
  if (now.connection === 'removed') return before?.connection === 'removed' ? [] : connectionNews(now)
  if (now.connection !== before?.connection) said.push(...connectionNews(now))
  if (is?.message && is.message.id !== was?.message?.id) said.push(`The facilitator says: ${is.message.text}`)
  if (!isSamePlace(is?.pauseAt ?? null, was?.pauseAt ?? null)) {
    said.push(
      is?.pauseAt
        ? `The workshop is paused at ${placeInWords(is.pauseAt, labs)}: nobody goes beyond it yet.`
        : 'The workshop goes on.',
    )
  }
  if (is && is.endsAt !== (was?.endsAt ?? null)) {
    said.push(is.endsAt ? `The workshop ends at ${timeInWords(is.endsAt)}.` : 'The end of the workshop is open again.')
  }
  return said
}

function connectionInWords({ connection, why, waiting }: ParticipationState): string {
  const { answers, steps } = waiting
  const waits = answers > 0 ? `${plural(answers, 'answer')} wait${answers === 1 ? 's' : ''}` : 'nothing is lost'
  switch (connection) {
    case 'connecting':
      return 'looking for the host'
    case 'connected':
      return 'connected'
    case 'offline':
      return steps === 0 ? 'offline' : `offline, ${waits}`
    case 'refused':
      return `the host takes nothing from here (${why}), ${waits}`
    case 'removed':
      return 'you were removed from it; labs go on alone'
    default:
      return connection satisfies never
  }
}

function connectionNews({ workshop, connection, why }: ParticipationState): readonly string[] {
  switch (connection) {
    case 'connecting':
      return []
    case 'connected':
      return [`Connected with the workshop “${workshop.title}”.`]
    case 'offline':
      return [`The workshop’s host is not reached: ${why}. Go on; what you answer is kept and sent when it is back.`]
    case 'refused':
      return [`The workshop’s host takes nothing more from here: ${why}. Go on; what you answer is kept.`]
    case 'removed':
      return [`The facilitator has removed you from the workshop; ${why}. Labs go on alone; nothing more is told.`]
    default:
      return connection satisfies never
  }
}

function placeInWords({ lab, step }: NonNullable<Orders['pauseAt']>, labs: readonly Lab[]): string {
  const found = labs.find(({ id }) => id === lab)
  const at = found?.steps.findIndex(({ id }) => id === step) ?? -1
  return found && at !== -1 ? `step ${at + 1} of lab ${found.number}` : `the step “${step}” of ${lab}`
}

function isSamePlace(one: Orders['pauseAt'], other: Orders['pauseAt']): boolean {
  return one?.lab === other?.lab && one?.step === other?.step
}

/** By this machine's clock and time zone: `15:30`. */
function timeInWords(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
