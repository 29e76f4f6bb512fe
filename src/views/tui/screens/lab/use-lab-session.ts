/** A lab that is opened with the screen, and closed behind it. */
import { useEffect, useEffectEvent, useReducer, useRef } from 'react'
import { EdgeLabError } from '../../../../errors.ts'
import type { LabSession } from '../../../../labs/session/session.ts'
import { useApp } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'

export type Opening =
  /** Progress messages, newest last. */
  | { readonly state: 'opening'; readonly notes: readonly string[] }
  | { readonly state: 'open'; readonly session: LabSession }
  | { readonly state: 'failed'; readonly error: EdgeLabError }

type News = { readonly note: string } | { readonly session: LabSession } | { readonly error: EdgeLabError }

function told(before: Opening, news: News): Opening {
  if ('session' in news) return { state: 'open', session: news.session }
  if ('error' in news) return { state: 'failed', error: news.error }
  return before.state === 'opening' ? { state: 'opening', notes: [...before.notes, news.note] } : before
}

/** `leave` goes back at once, or to another lab; what this one had started is stopped behind it, and that is said. */
export function useLabSession(id: string): { readonly opening: Opening; readonly leave: (to?: string) => void } {
  const { services, shutdown, say } = useApp()
  const { back, replace, fail } = useNavigation()
  const [opening, tell] = useReducer(told, { state: 'opening', notes: [] })
  const close = useRef<() => Promise<readonly string[]>>(async () => [])

  const open = useEffectEvent(() => {
    const notes: string[] = []
    const opened = services.openLab(id, (note) => {
      notes.push(note)
      tell({ note })
    })
    const closed = async (): Promise<readonly string[]> => {
      const session = await opened.catch(() => null)
      if (session === null) return []
      const kept = keptSentence(session)
      await session.close()
      return [`${kept} What it had started is stopped.`]
    }
    let closing: Promise<readonly string[]> | null = null
    const once = (): Promise<readonly string[]> => {
      closing ??= closed()
      return closing
    }
    const release = shutdown.hold(`lab ${id}`, once)
    close.current = async () => {
      const lines = await once()
      release()
      return lines
    }
    opened.then(
      (session) => {
        tell({ session })
        // The lines of opening are gone with its screen, and one may be that the progress was set aside.
        if (notes.length > 0) say(notes.join(' '))
      },
      (error: unknown) => {
        release()
        if (error instanceof EdgeLabError) tell({ error })
        else fail(error)
      },
    )
  })
  useEffect(() => open(), [id])

  const leave = (to?: string): void => {
    if (to === undefined) back()
    else replace({ name: 'lab', id: to })
    if (opening.state === 'open') say(`${keptSentence(opening.session)} Stopping what it had started.`)
    close.current().then((lines) => say(lines.join(' ')), fail)
  }
  return { opening, leave }
}

function keptSentence(session: LabSession): string {
  const { number, of } = session.page()
  return `Lab ${session.lab.number} is kept at step ${number} of ${of}.`
}
