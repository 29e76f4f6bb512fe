/** One run from the moment the screen opens: events go into the model, the end leads to the findings. */
import { useEffect, useEffectEvent, useState } from 'react'
import { LabError } from '../../../../errors.ts'
import { type LiveModel, liveModel } from '../../../live-model.ts'
import { useApp } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'
import type { RunChoice } from '../../services.ts'

export interface LiveRun {
  readonly model: LiveModel
  readonly stopping: boolean
  /** Finished rounds are kept. Asked once more, it no longer waits for the end. */
  readonly stop: () => void
}

export function useLiveRun(choice: RunChoice): LiveRun {
  const { services, parting, say } = useApp()
  const { replace, back, fail } = useNavigation()
  const [model] = useState(() => liveModel())
  const [controller] = useState(() => new AbortController())
  const [stopping, setStopping] = useState(false)

  /** Resolves with what there is to say when the screen is given back meanwhile. `here`: this screen is still open. */
  const run = useEffectEvent(async (here: () => boolean): Promise<readonly string[]> => {
    const { signal } = controller
    try {
      const finished = await services.measure(choice, { emit: model.take, note: model.note, signal })
      parting.remember(`Report: ${finished.report}`)
      replace({ name: 'findings', run: finished })
      if (here() && finished.model.record.partial) say('Stopped; finished rounds are kept.')
      return []
    } catch (error) {
      if (!(error instanceof LabError)) {
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
      replace({ name: 'error', error })
      return [error.message]
    }
  })
  useEffect(() => {
    let here = true
    const ended = run(() => here)
    const letGo = parting.hold('the run', async () => {
      controller.abort()
      return await ended
    })
    void ended.then(letGo)
    return () => {
      here = false
      controller.abort()
    }
  }, [controller, parting])

  return {
    model,
    stopping,
    stop: () => {
      if (stopping) return back()
      setStopping(true)
      controller.abort()
    },
  }
}
