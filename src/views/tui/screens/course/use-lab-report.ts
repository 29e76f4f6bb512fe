import { LabError } from '../../../../errors.ts'
import { useApp } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'

/** Writes a lab's report, opens it in the browser, and says where it is. */
export function useLabReport(): (id: string) => void {
  const { services, say, parting } = useApp()
  const { go, fail } = useNavigation()
  const show = async (id: string): Promise<void> => {
    say('Writing the report.')
    const path = await services.labReport(id)
    parting.remember(`The report of the lab: ${path}`)
    const opened = await services.openInBrowser(path)
    // Short, so that the path has room.
    say(opened ? `In your browser: ${path}` : `No browser here. Report: ${path}`)
  }
  return (id) => {
    show(id).catch((error: unknown) => {
      if (error instanceof LabError) go({ name: 'error', error })
      else fail(error)
    })
  }
}
