/** What is typed or confirmed before something is ordered: its line, and its keys. */
import type { Screen } from '../../../services.ts'
import { clockTime } from '../../../text/workshop/words.ts'
import type { Binding } from '../../keys/keys.tsx'
import { fitted } from '../../widgets/theme.ts'
import type { Asking, Change } from '../facilitator-state.ts'
import { endTime } from './end-time.ts'
import type { Order } from './use-order.ts'

const prompts: Readonly<Record<Exclude<Asking['kind'], 'remove'>, string>> = {
  say: 'Say to everybody: ',
  ends: 'End at (16:30, or minutes from now; nothing: no end): ',
  end: 'End the workshop for everybody? Nothing more is taken then.  y yes  n no',
  leave: 'Leave? The host stops; edgelab host goes on later.  y yes  n no',
  addresses: 'How to join',
}

/** Of a long text its end is shown, where it is typed. */
export function askedLine(asking: Asking, columns: number, screen: Screen): string {
  const prompt = promptOf(asking)
  if (!('text' in asking)) return fitted(prompt, columns, screen)
  const room = Math.max(8, columns - prompt.length - 1)
  const typed = [...asking.text]
  return fitted(`${prompt}${typed.slice(-room).join('')}_`, columns, screen)
}

function promptOf(asking: Asking): string {
  if (asking.kind !== 'remove') return prompts[asking.kind]
  return `Remove ${asking.name} and their answers? They are told.  y yes  n no`
}

export interface AskingKeys {
  readonly change: (change: Change) => void
  readonly order: Order
  readonly quit: () => void
  readonly now: number
}

export function askingBindings(asking: Asking, { change, order, quit, now }: AskingKeys): readonly Binding[] {
  const answered = (): void => change({ type: 'answered' })
  const drop: Binding = {
    keys: ['escape'],
    label: 'drop it',
    help: 'close, nothing is ordered',
    footer: true,
    act: answered,
  }
  if (asking.kind === 'addresses')
    return [{ ...drop, keys: ['escape', 'a', 'q', 'return'], label: 'close', help: 'back to the room' }]
  if (!('text' in asking)) {
    const agreed = (): void => {
      answered()
      if (asking.kind === 'leave') quit()
      else if (asking.kind === 'remove') order({ remove: asking.participant }, `${asking.name} was removed.`)
      else order({ end: true }, 'The workshop has ended.')
    }
    return [
      { keys: ['y'], label: 'yes', footer: true, act: agreed },
      { ...drop, keys: ['n', 'escape', 'q'], label: 'no', help: 'back, nothing is ordered' },
    ]
  }
  const done = (): void => {
    const text = asking.text.trim()
    if (asking.kind === 'say') {
      if (text !== '') order({ say: text }, 'Said to everybody.')
      return answered()
    }
    const endsAt = endTime(text, now)
    // Not understood: the field stays open, with its examples.
    if (endsAt === undefined) return
    order({ endsAt }, endsAt ? `It ends at ${clockTime(endsAt)}.` : 'There is no end time.')
    answered()
  }
  return [
    { keys: ['return'], label: asking.kind === 'say' ? 'say it' : 'set it', footer: true, act: done },
    drop,
    { keys: ['backspace', 'delete'], label: 'erase', footer: true, act: () => change({ type: 'erase' }) },
    { keys: ['text'], label: 'type', footer: true, act: (letters) => change({ type: 'type', letters }) },
  ]
}
