/** The help page of a screen: made from its table of keys, so that it is always true. */
import stringWidth from 'string-width'
import type { Screen } from '../../../services.ts'
import { padded, wrapped } from '../../../text/style.ts'
import { type Binding, keyHelp } from '../../keys/keys.tsx'

/** The page as lines of at most `columns` cells. */
export function keysLines(of: readonly Binding[], columns: number, { unicode }: Pick<Screen, 'unicode'>): string[] {
  const rows = [
    ...keyHelp(of, unicode),
    { keys: 'Ctrl-C', does: 'leave EdgeLab; what it started is stopped, a second one does not wait for that' },
  ]
  const width = Math.max(...rows.map(({ keys }) => stringWidth(keys))) + 3
  return rows.flatMap(({ keys, does }) =>
    wrapped(does, { columns: columns - width }).map((line, at) => padded(at === 0 ? keys : '', width) + line),
  )
}
