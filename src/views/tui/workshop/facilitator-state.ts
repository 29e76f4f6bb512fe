/** What the facilitator looks at and is typing. Nothing of it is told to anybody. */

export const views = ['steps', 'questions', 'machines', 'refusals'] as const
export type View = (typeof views)[number]

export interface FacilitatorState {
  readonly view: View
  /** Index among the workshop's labs. */
  readonly lab: number
  /** Index among the steps of that lab. */
  readonly step: number
  readonly hidesNames: boolean
  readonly stuckFirst: boolean
  /** All about the chosen person is shown in place of the list. */
  readonly isPersonOpen: boolean
  readonly asking: Asking | null
}

export type Asking =
  | { readonly kind: 'say' | 'ends'; readonly text: string }
  | { readonly kind: 'end' | 'leave' | 'addresses' }
  | { readonly kind: 'remove'; readonly participant: string; readonly name: string }

export type Change =
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'lab'; readonly by: 1 | -1; readonly of: number }
  | { readonly type: 'step'; readonly by: 1 | -1; readonly of: number }
  | { readonly type: 'names' | 'sort' | 'person' | 'erase' | 'answered' }
  | { readonly type: 'ask'; readonly asking: Asking }
  | { readonly type: 'type'; readonly letters: string }

export const freshState: FacilitatorState = {
  view: 'steps',
  lab: 0,
  step: 0,
  hidesNames: false,
  stuckFirst: false,
  isPersonOpen: false,
  asking: null,
}

/** Letters of a message to everybody; the host takes no more. */
const longestText = 280

export function changed(state: FacilitatorState, change: Change): FacilitatorState {
  switch (change.type) {
    case 'view':
      return { ...state, view: change.view, isPersonOpen: false }
    case 'lab':
      return { ...state, lab: within(state.lab + change.by, change.of), step: 0 }
    case 'step':
      return { ...state, step: within(state.step + change.by, change.of) }
    case 'names':
      return { ...state, hidesNames: !state.hidesNames }
    case 'sort':
      return { ...state, stuckFirst: !state.stuckFirst }
    case 'person':
      return { ...state, isPersonOpen: !state.isPersonOpen }
    case 'ask':
      return { ...state, asking: change.asking }
    case 'answered':
      return { ...state, asking: null }
    case 'type':
      return withText(state, (text) => (text + change.letters).slice(0, longestText))
    case 'erase':
      return withText(state, (text) => [...text].slice(0, -1).join(''))
    default:
      return change satisfies never
  }
}

function withText(state: FacilitatorState, edit: (text: string) => string): FacilitatorState {
  const { asking } = state
  return asking && 'text' in asking ? { ...state, asking: { ...asking, text: edit(asking.text) } } : state
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index))
}
