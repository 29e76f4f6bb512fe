import { useApp } from '../../app-context.tsx'
import { useDoing } from '../../doing.ts'
import { useBrowser } from '../../terminal/browser.ts'

/** Writes a lab's report, opens it in the browser, and says where it is. */
export function useLabReport(): (id: string) => void {
  const { services, say, shutdown } = useApp()
  const browse = useBrowser()
  const doing = useDoing()
  const show = async (id: string): Promise<void> => {
    say('Writing the report.')
    const report = await services.labReport(id)
    shutdown.remember(`The report of the lab: ${report}`)
    await browse(report, 'The report of the lab')
  }
  return (id) => doing(show(id))
}
