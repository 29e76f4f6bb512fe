/** What a screen waits for: services answer later than the first frame is drawn. */
import { useEffect, useEffectEvent, useReducer } from 'react'
import { EdgeLabError } from '../../../errors.ts'
import { useNavigation } from '../navigation.tsx'

export type Loaded<Value> =
  | { readonly state: 'waiting' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: EdgeLabError }

/**
 * Asks once when the screen opens, and again when one of `changes` is another. What was there stays shown until the new
 * answer comes. An error that is no EdgeLabError is a defect and ends the app.
 */
export function useLoaded<Value>(ask: () => Promise<Value>, changes: readonly unknown[] = []): Loaded<Value> {
  const { fail } = useNavigation()
  const [loaded, arrived] = useReducer((_: Loaded<Value>, next: Loaded<Value>) => next, { state: 'waiting' })
  const start = useEffectEvent((isWanted: () => boolean) => {
    ask().then(
      (value) => isWanted() && arrived({ state: 'ready', value }),
      (error: unknown) => {
        if (!isWanted()) return
        if (error instanceof EdgeLabError) arrived({ state: 'failed', error })
        else fail(error)
      },
    )
  })
  useEffect(() => {
    let wanted = true
    start(() => wanted)
    return () => {
      wanted = false
    }
  }, changes)
  return loaded
}
