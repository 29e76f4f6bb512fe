/** What a facilitator types, at the host or as `edgelab host <word> …`, and what the host is to change by it. */
import { closest, distance } from 'fastest-levenshtein'
import { EdgeLabError } from '../../../errors.ts'
import type { Lab } from '../../../labs/file/lab.ts'
import type { HostChange } from '../../../workshop/protocol/messages.ts'
import type { Participant } from '../../../workshop/room/room.ts'
import { placeOf, type QuestionPlace, roomQuestions } from '../../../workshop/summary/questions.ts'

const longestMessage = 280

/** What words are about. */
export interface About {
  readonly labs: readonly Lab[]
  readonly participants: readonly Participant[]
  readonly now: Date
}

/**
 * `words`: what follows the verb. Throws EdgeLabError `notNow`, whose hint shows how it is said.
 */
export const changes: Readonly<Record<string, (words: readonly string[], about: About) => HostChange>> = {
  say: (words) => {
    const text = words.join(' ').trim()
    if (text === '') throw cannot('There is nothing to say.', 'say Five minutes to go')
    if (text.length > longestMessage) {
      throw cannot(`A message has ${longestMessage} characters at most; this one has ${text.length}.`, 'Say less.')
    }
    return { say: text }
  },
  pause: (words, { labs }) => ({ pauseAt: stepNamed(words, labs) }),
  release: () => ({ pauseAt: null }),
  show: (words, { labs }) => ({ show: words.join(' ') === 'join' ? null : questionNamed(words, labs) }),
  reveal: () => ({ reveal: true }),
  hide: () => ({ reveal: false }),
  remove: (words, { participants }) => ({ remove: participantNamed(words, participants).id }),
  end: (words, { now }) => {
    const [when = ''] = words
    if (when === 'now') return { end: true }
    if (when === 'open') return { endsAt: null }
    return { endsAt: timeNamed(when, now).toISOString() }
  },
}

function cannot(why: string, hint: string): EdgeLabError {
  return new EdgeLabError('notNow', { why, hint })
}

/** `guess`, where one lab has such a step; `one-hop/guess`, `one-hop guess` or `1 guess` in any case. */
function stepNamed(words: readonly string[], labs: readonly Lab[]): { readonly lab: string; readonly step: string } {
  const [step = '', ofLab] = words.flatMap((word) => word.split('/')).toReversed()
  const candidates = labs.filter(({ id, number }) => ofLab === undefined || id === ofLab || String(number) === ofLab)
  const [found, second] = candidates.filter(({ steps }) => steps.some(({ id }) => id === step))
  if (found && !second) return { lab: found.id, step }
  if (found) {
    const ways = candidates.map(({ id }) => `pause ${id}/${step}`)
    throw cannot(`Several labs have a step “${step}”.`, `Name the lab too: ${ways.join(', ')}.`)
  }
  const known = candidates.flatMap(({ steps }) => steps.map(({ id }) => id))
  const near = known.length > 0 ? closest(step, known) : ''
  const suggestion = near !== '' && step !== '' && distance(step, near) <= 3 ? ` Did you mean ${near}?` : ''
  const missing =
    step === '' ? 'At which step?' : `No lab of this workshop has a step “${words.join(' ')}”.${suggestion}`
  const steps = labs.map(({ number, steps: all }) => `lab ${number}: ${all.map(({ id }) => id).join(', ')}`)
  throw cannot(missing, `Steps are: ${steps.join('; ')}.`)
}

/** `address`, where one step has such a question; `guess/address` or `one-hop/guess/address` in any case. */
function questionNamed(words: readonly string[], labs: readonly Lab[]): QuestionPlace {
  const [name = '', ofStep, ofLab] = words.flatMap((word) => word.split('/')).toReversed()
  const found = roomQuestions(labs).filter(
    ({ id, step, lab }) =>
      id === name &&
      (ofStep === undefined || step.id === ofStep) &&
      (ofLab === undefined || lab.id === ofLab || String(lab.number) === ofLab),
  )
  if (found.length === 1) return placeOf(found[0]!)
  const ways = (found.length > 0 ? found : roomQuestions(labs)).map(({ lab, step, id }) => `${lab.id}/${step.id}/${id}`)
  const what = words.join(' ')
  const why =
    found.length > 0 ? `Several steps have a question “${what}”.` : `No lab of this workshop has a question “${what}”.`
  throw cannot(why, `Questions are: ${ways.join(', ')}; show join shows how to join.`)
}

/** By name, or by the number that `who` shows: `#3`. */
function participantNamed(words: readonly string[], participants: readonly Participant[]): Participant {
  const typed = words.join(' ').trim()
  const same = (name: string): boolean => name.toLowerCase() === typed.toLowerCase()
  const exactly = participants.filter(({ name }) => name === typed)
  const found = exactly.length > 0 ? exactly : participants.filter(({ name }) => same(name))
  const numbered = participants.find(({ number }) => typed === `#${number}`)
  const [only, second] = found.length > 0 ? found : numbered ? [numbered] : []
  if (only && !second) return only
  if (only) {
    const ways = found.map(({ number, team }) => `remove #${number}${team ? ` (team ${team})` : ''}`)
    throw cannot(`Several are called ${typed}.`, `By number: ${ways.join(', ')}; “who” shows where they are.`)
  }
  const known = participants.map(({ name }) => name)
  const near = typed !== '' && known.length > 0 ? closest(typed, known) : ''
  const suggestion = near !== '' && distance(typed, near) <= 3 ? ` Did you mean ${near}?` : ''
  const why = typed === '' ? 'Whom?' : `Nobody here is called “${typed}”.${suggestion}`
  throw cannot(why, 'remove Ada, or remove #3 by the number that “who” shows.')
}

const halfDayMs = 12 * 60 * 60_000

/** `15:30`, by this machine's clock: today, or after midnight where that is less than half a day away. */
function timeNamed(text: string, now: Date): Date {
  const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) {
    throw cannot(
      text === '' ? 'When?' : `“${text}” is no time of day.`,
      'end 15:30, end now, or end open for no end time',
    )
  }
  const today = new Date(now)
  today.setHours(Number(hours), Number(minutes), 0, 0)
  if (today > now) return today
  const tomorrow = new Date(today)
  tomorrow.setDate(today.getDate() + 1)
  if (tomorrow.getTime() - now.getTime() < halfDayMs) return tomorrow
  throw cannot(`${text} has passed.`, 'Name a time that is still to come, or end now.')
}
