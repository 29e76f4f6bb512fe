import { useReducer, useRef } from 'react'
import type { StepPage } from '../../../../labs/session/page.ts'
import { changed, type LabMove, type LabView, type StepScreen, settled, viewOf } from './lab-view.ts'

/**
 * Where the cursor is, and what moves it. `move` returns what it came to: several keys may arrive before anything is drawn
 * again, and each must go on from the one before.
 */
export function useLabView(page: StepPage): {
  readonly view: LabView
  readonly move: (scene: StepScreen, move: LabMove) => LabView
} {
  const latest = useRef<LabView | null>(null)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const view = settled(latest.current ?? viewOf(page), page)
  const move = (scene: StepScreen, each: LabMove): LabView => {
    latest.current = changed(latest.current ?? view, { scene, move: each })
    redraw()
    return latest.current
  }
  return { view, move }
}
