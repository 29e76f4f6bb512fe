import type { Lab } from '../../../labs/file/lab.ts'
import type { Host } from '../../../workshop/room/room.ts'
import { openBinaries } from '../../app/binaries.ts'
import { appServices } from '../../app/services.ts'
import { terminal } from '../../output.ts'

/** The facilitator’s screen on this terminal, until it is left. */
export async function hostOnScreen(host: Host, labs: readonly Lab[]): Promise<void> {
  const { color, unicode } = terminal(process.stdout)
  // chalk, which Ink brings, asks once, when it is loaded, and knows nothing of NO_COLOR.
  if (!color) process.env['FORCE_COLOR'] = '0'
  const { openFacilitator } = await import('../../../views/tui/workshop/open-facilitator.tsx')
  const { stdin, stdout } = process
  // The launcher gives it back, should this process be killed.
  process.send?.('screen taken')
  const services = appServices('auto', openBinaries(), Promise.resolve())
  await openFacilitator(host, { labs, services, screen: { color, unicode }, stdin, stdout })
}
