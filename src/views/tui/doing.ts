import { EdgeLabError } from '../../errors.ts'
import { useApp } from './app-context.tsx'
import { useNavigation } from './navigation.tsx'

/** For what a key sets going: a EdgeLabError becomes a screen of its own, anything else is a defect and ends the app. */
export function useDoing(): (work: Promise<void>) => void {
  const { say } = useApp()
  const { go, fail } = useNavigation()
  return (work) => {
    work.catch((error: unknown) => {
      if (!(error instanceof EdgeLabError)) return fail(error)
      // What was said to be going on no longer is.
      say('')
      go({ name: 'error', error })
    })
  }
}
