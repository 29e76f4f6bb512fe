/** One run from the moment the screen opens: events go into the model, the end leads to the findings. */
import { useEffect, useEffectEvent, useState } from 'react'
import { gradeOf } from '../../../../comparison/grade.ts'
import { EdgeLabError } from '../../../../errors.ts'
import { type LiveModel, liveModel } from '../../../live/live-model.ts'
import type { RunChoice } from '../../../services.ts'
import { useApp } from '../../app-context.tsx'
import { type Route, useNavigation } from '../../navigation.tsx'

export interface LiveRun {
  readonly model: LiveModel
  readonly stopping: boolean
  /** It has ended, and what it led to waits until the screen is no longer frozen. */
  readonly over: boolean
  /** What is finished is kept. Asked once more, it no longer waits for the end. */
  readonly stop: () => void
}

/** `frozen`: the reader is reading this screen, so no other one replaces it until then. */
export function useLiveRun(choice: RunChoice, frozen: boolean): LiveRun {
  const { services, shutdown, say } = useApp()
  const { replace, back, fail } = useNavigation()
  const [model] = useState(() => liveModel())
  const [controller] = useState(() => new AbortController())
  const [stopping, setStopping] = useState(false)
  const [next, setNext] = useState<{ readonly route: Route; readonly status: string } | null>(null)

  /** Resolves with what there is to say when the screen is given back meanwhile. `here`: this screen is still open. */
  const run = useEffectEvent(async (here: () => boolean): Promise<readonly string[]> => {
    const { signal } = controller
    try {
      const finished = await services.measure(choice, { emit: model.take, note: model.note, signal })
      shutdown.remember(`Report: ${finished.report}`)
      const { sentence, kind } = gradeOf(finished.model.record)
      const stopped = finished.model.record.partial ? ['Stopped; what is finished is kept.'] : []
      const status = [...stopped, ...(kind === 'look' ? [sentence] : [])].join(' ')
      setNext({ route: { name: 'findings', run: finished }, status })
      return []
    } catch (error) {
      if (!(error instanceof EdgeLabError)) {
        fail(error)
        return []
      }
      if (error.name === 'interrupted') {
        if (here()) {
          say('Stopped before anything was measured.')
          back()
        }
        return ['Nothing was measured.']
      }
      setNext({ route: { name: 'error', error }, status: '' })
      return [error.message]
    }
  })
  useEffect(() => {
    let here = true
    const ended = run(() => here)
    const letGo = shutdown.hold('the run', async () => {
      controller.abort()
      return await ended
    })
    void ended.then(letGo)
    return () => {
      here = false
      controller.abort()
    }
  }, [controller, shutdown])

  const open = useEffectEvent(() => {
    if (next === null || frozen) return
    replace(next.route)
    if (next.status !== '') say(next.status)
  })
  useEffect(() => open(), [next, frozen])

  return {
    model,
    stopping,
    over: next !== null && frozen,
    stop: () => {
      if (next !== null) return
      if (stopping) return back()
      setStopping(true)
      controller.abort()
    },
  }
}
