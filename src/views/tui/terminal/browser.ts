import { useApp } from '../app-context.tsx'

/**
 * Opens a report in the reader's browser and says so. Where there is none its path is said, and once more, as `what`, when
 * the app is left: a status line is often too narrow for it.
 */
export function useBrowser(): (report: string, what?: string) => Promise<void> {
  const { services, say, shutdown } = useApp()
  return async (report, what = 'Report') => {
    if (await services.openInBrowser(report)) return say(`Opened ${report}`)
    shutdown.remember(`${what}: ${report}`)
    say(`No browser could be opened; the report is ${report}`)
  }
}
