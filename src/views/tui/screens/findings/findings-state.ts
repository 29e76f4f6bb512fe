/** What the findings screen remembers. */
import type { TabId } from './tabs.ts'

export interface FindingsState {
  readonly tab: TabId
  /** Chosen scenario; tabs that do not have it show their first one. */
  readonly scenario: string | null
  /** At most two systems to be compared; empty: all. */
  readonly pinned: readonly string[]
  /** Sections of this page that are shown in full. */
  readonly unfolded: ReadonlySet<string>
  /** The list of systems is open. */
  readonly pinning: boolean
}

export type FindingsAction =
  | { readonly type: 'tab'; readonly tab: TabId }
  | { readonly type: 'scenario'; readonly scenario: string }
  | { readonly type: 'pin'; readonly label: string }
  | { readonly type: 'unpin' }
  | { readonly type: 'fold'; readonly key: string }
  | { readonly type: 'pinning'; readonly open: boolean }

export const findingsAtFirst: FindingsState = {
  tab: 'verdict',
  scenario: null,
  pinned: [],
  unfolded: new Set(),
  pinning: false,
}

const maxPinned = 2

export function findingsReducer(state: FindingsState, action: FindingsAction): FindingsState {
  switch (action.type) {
    case 'tab':
      return { ...state, tab: action.tab, unfolded: new Set() }
    case 'scenario':
      return { ...state, scenario: action.scenario, unfolded: new Set() }
    case 'pin': {
      const others = state.pinned.filter((label) => label !== action.label)
      if (others.length < state.pinned.length) return { ...state, pinned: others }
      // A third one takes the place of the first.
      return { ...state, pinned: [...others, action.label].slice(-maxPinned) }
    }
    case 'unpin':
      return { ...state, pinned: [], pinning: false }
    case 'fold': {
      const unfolded = new Set(state.unfolded)
      if (!unfolded.delete(action.key)) unfolded.add(action.key)
      return { ...state, unfolded }
    }
    case 'pinning':
      return { ...state, pinning: action.open }
    default:
      return action satisfies never
  }
}
