/** Where the user is: a stack of screens. Those below keep their state. */
import { createContext, type ReactNode, use } from 'react'
import type { RunComparison } from '../../comparison/runs/compare-runs.ts'
import type { EdgeLabError } from '../../errors.ts'
import type { FinishedRun, RunChoice } from '../services.ts'

export type Route =
  | { readonly name: 'home' }
  | { readonly name: 'compare' }
  | { readonly name: 'live'; readonly choice: RunChoice }
  | { readonly name: 'findings'; readonly run: FinishedRun }
  /** The questions of a decision, for a run. */
  | { readonly name: 'decide'; readonly run: FinishedRun }
  | { readonly name: 'reports' }
  | { readonly name: 'comparison'; readonly comparison: RunComparison }
  | { readonly name: 'doctor' }
  | { readonly name: 'glossary' }
  /** The course: every lab, with where the learner is. */
  | { readonly name: 'labs' }
  | { readonly name: 'lab'; readonly id: string }
  | { readonly name: 'error'; readonly error: EdgeLabError }

export interface Navigation {
  /** Opens a screen over this one. */
  readonly go: (route: Route) => void
  /** Opens a screen in place of this one: back leads to what was before. */
  readonly replace: (route: Route) => void
  /** To the screen below; from the first one out of the app. */
  readonly back: () => void
  /** Out of the app. What runs is stopped once the screen is given back. */
  readonly quit: () => void
  /** A defect: the app ends, the terminal is given back, and the error is shown there. */
  readonly fail: (error: unknown) => void
  /** How many screens lie below this one. */
  readonly depth: number
  /** Grows each time this screen comes to the front: what others may have changed is asked again. */
  readonly visits: number
}

/**
 * `from`: key of the screen that asks. A screen that was left meanwhile moves nothing; only the one in front opens
 * others.
 */
export type Move =
  | { readonly type: 'go'; readonly from: number; readonly route: Route }
  | { readonly type: 'replace'; readonly from: number; readonly route: Route }
  | { readonly type: 'back'; readonly from: number }

/** A screen that is open. */
export interface OpenScreen {
  /** Unique for as long as the app is open, so that a screen opened again begins anew. */
  readonly key: number
  readonly route: Route
  readonly visits: number
}

/** Never empty. The last one is in front. */
export interface ScreenStack {
  readonly stack: readonly OpenScreen[]
  readonly nextKey: number
}

export function startAt(route: Route): ScreenStack {
  return { stack: [{ key: 0, route, visits: 1 }], nextKey: 1 }
}

export function moved(screens: ScreenStack, move: Move): ScreenStack {
  const { stack, nextKey } = screens
  const at = stack.findIndex(({ key }) => key === move.from)
  if (at === -1) return screens
  switch (move.type) {
    case 'go':
      return at === stack.length - 1
        ? { stack: [...stack, { key: nextKey, route: move.route, visits: 1 }], nextKey: nextKey + 1 }
        : screens
    case 'replace':
      return { stack: stack.with(at, { key: nextKey, route: move.route, visits: 1 }), nextKey: nextKey + 1 }
    case 'back':
      return at === 0 ? screens : { stack: inFrontAgain(stack.slice(0, at)), nextKey }
    default:
      return move satisfies never
  }
}

function inFrontAgain(stack: readonly OpenScreen[]): readonly OpenScreen[] {
  const last = stack.at(-1)!
  return stack.with(-1, { ...last, visits: last.visits + 1 })
}

const NavigationContext = createContext<Navigation | null>(null)

export function NavigationRoot({
  value,
  children,
}: {
  readonly value: Navigation
  readonly children: ReactNode
}): ReactNode {
  return <NavigationContext value={value}>{children}</NavigationContext>
}

export function useNavigation(): Navigation {
  const value = use(NavigationContext)
  if (!value) throw new Error('useNavigation outside of the app')
  return value
}
