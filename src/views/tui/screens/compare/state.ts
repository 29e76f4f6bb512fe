/** What of a comparison is chosen so far, in three steps. */
import type { SystemId } from '../../../../systems/index.ts'
import type { RunChoice } from '../../../services.ts'

export type Step = 'scenarios' | 'systems' | 'effort'
const steps: readonly Step[] = ['scenarios', 'systems', 'effort']

/** From 1, for the header. */
export function stepNumber(step: Step): number {
  return steps.indexOf(step) + 1
}

export interface CompareState {
  readonly step: Step
  readonly scenarios: readonly string[]
  readonly systems: readonly SystemId[]
  /** Systems: every policy line of the pointed one is shown instead of the list. */
  readonly details: boolean
}

export type CompareChange =
  | { readonly type: 'toggle-scenario'; readonly id: string }
  | { readonly type: 'toggle-system'; readonly id: SystemId }
  | { readonly type: 'all-scenarios'; readonly ids: readonly string[] }
  | { readonly type: 'all-systems'; readonly ids: readonly SystemId[] }
  | { readonly type: 'forward' | 'back' | 'details' }
  /** The remembered choice, or what runs here: only where nothing was chosen yet. */
  | { readonly type: 'propose'; readonly scenarios: readonly string[]; readonly systems: readonly SystemId[] }

export const nothingChosen: CompareState = {
  step: 'scenarios',
  scenarios: [],
  systems: [],
  details: false,
}

export function compareChanged(state: CompareState, change: CompareChange): CompareState {
  switch (change.type) {
    case 'toggle-scenario':
      return { ...state, scenarios: toggled(state.scenarios, change.id) }
    case 'toggle-system':
      return { ...state, systems: toggled(state.systems, change.id) }
    case 'all-scenarios':
      return { ...state, scenarios: allOrNone(state.scenarios, change.ids) }
    case 'all-systems':
      return { ...state, systems: allOrNone(state.systems, change.ids) }
    case 'forward':
    case 'back': {
      const at = steps.indexOf(state.step) + (change.type === 'forward' ? 1 : -1)
      return { ...state, step: steps[at] ?? state.step, details: false }
    }
    case 'details':
      return { ...state, details: !state.details }
    case 'propose':
      return {
        ...state,
        scenarios: state.scenarios.length > 0 ? state.scenarios : change.scenarios,
        systems: state.systems.length > 0 ? state.systems : change.systems,
      }
    default:
      return change satisfies never
  }
}

/** The choice in the order of the lists, whatever the order of choosing. */
export function choiceOf(
  { scenarios, systems }: CompareState,
  effort: RunChoice['effort'],
  known: { readonly scenarios: readonly string[]; readonly systems: readonly SystemId[] },
): RunChoice {
  return {
    scenarios: known.scenarios.filter((id) => scenarios.includes(id)),
    systems: known.systems.filter((id) => systems.includes(id)),
    effort,
  }
}

function toggled<Id>(ids: readonly Id[], id: Id): readonly Id[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]
}

function allOrNone<Id>(chosen: readonly Id[], all: readonly Id[]): readonly Id[] {
  return all.every((id) => chosen.includes(id)) ? [] : all
}
