/** The one timer of the app: it runs while something on the screen changes by itself, and not otherwise. */
import { useEffect, useReducer } from 'react'

const intervalMs = 250
const listeners = new Set<() => void>()
let timer: NodeJS.Timeout | undefined

/** Calls the listener four times a second until what it returns is called. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, intervalMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Draws the component again four times a second while `active`. */
export function useTicks(active: boolean): void {
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0)
  useEffect(() => (active ? onTick(draw) : undefined), [active])
}
