/** The window over a step that is shown now: one column, or two beside each other. Pure. */
import stringWidth from 'string-width'
import type { Screen } from '../../../../services.ts'
import { fitted } from '../../../widgets/theme.ts'
import { windowAt, windowLine } from '../../../widgets/window.ts'
import { type LabView, offsetOf, type StepScreen } from '../lab-view.ts'

/** At most `scene.height` lines. */
export function bodyLines(view: LabView, scene: StepScreen, screen: Screen): readonly string[] {
  const { layout, height } = scene
  const left = windowed(layout.left.lines, { height, offset: offsetOf(view, scene), screen })
  if (layout.right === null) return left
  const right = windowed(layout.right.lines, { height, offset: view.side, screen })
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const [beside = '', line = ''] = [left[row], right[row]]
    return line === '' ? beside : `${beside}${' '.repeat(Math.max(0, layout.leftColumns - stringWidth(beside)))}${line}`
  })
}

interface Window {
  readonly height: number
  readonly offset: number
  readonly screen: Screen
}

function windowed(lines: readonly string[], { height, offset, screen }: Window): readonly string[] {
  const view = windowAt(lines.length, height, offset)
  const seen = lines.slice(view.from, view.from + view.count)
  return view.partial ? [...seen, windowLine(view, lines.length, screen)] : seen
}

/** What goes on, or what is to be done next: one line, always in the same place. */
export function nowLine(
  { busy, next }: { readonly busy: string | null; readonly next: string },
  columns: number,
  screen: Screen,
): string {
  return fitted(busy === null ? next : `… ${busy}; until then keys that do something wait, q leaves`, columns, screen)
}
