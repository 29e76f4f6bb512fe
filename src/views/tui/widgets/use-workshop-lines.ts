/** What stands above every screen while the reader takes part in a workshop. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { workshopLine } from '../../../workshop/participant/news.ts'
import type { Screen, Services } from '../../services.ts'
import { paint, shown, wrapped } from '../../text/style.ts'
import { fitted } from './theme.ts'

/** A message is read by then; it has been said for everybody to hear as well. */
const messageMs = 5 * 60_000
const messageRows = 3

/** How it stands with the workshop, and the facilitator's newest message; none outside of one. */
export function useWorkshopLines(workshop: Services['workshop'], columns: number, screen: Screen): readonly string[] {
  const state = useSyncExternalStore(workshop?.subscribe ?? nothingChanges, workshop?.state ?? nothing)
  const message = state?.orders?.message ?? null
  const [read, setRead] = useState<number | null>(null)
  useEffect(() => {
    if (message === null) return undefined
    const timer = setTimeout(() => setRead(message.id), messageMs)
    return () => clearTimeout(timer)
  }, [message?.id])
  if (!workshop || !state) return []
  const line = fitted(workshopLine(state, workshop.labs), columns, screen)
  const said =
    message === null || message.id === read
      ? []
      : wrapped(shown(`The facilitator says: ${message.text.replaceAll('\n', ' ')}`, screen), { columns })
  return [line, ...said.slice(0, messageRows).map((each) => paint(each, 'strong', screen))]
}

const nothingChanges = () => () => undefined
const nothing = () => null
