import { isIP } from 'node:net'
import { Command, InvalidArgumentError } from 'commander'
import { type ExitCode, exitCodes } from '../../../errors.ts'
import type { Lab } from '../../../labs/file/lab.ts'
import { labNamed } from '../../../labs/file/library.ts'
import { passcodeLength } from '../../../workshop/host/secrets.ts'
import { startHost } from '../../../workshop/host/start-host.ts'
import type { ProjectorView } from '../../../workshop/projector/projector-view.ts'
import type { Workshop } from '../../../workshop/room/room.ts'
import { isInteractive } from '../../app/app.ts'
import { prefersLines } from '../../app/linear.ts'
import { onInterrupt } from '../../interrupt.ts'
import { print } from '../../output.ts'
import { hostExportCommand } from '../export/host-export.ts'
import { labsOf } from '../labs-of.ts'
import { hostInLines } from './lines.ts'
import { orderCommands } from './orders.ts'
import { hostOnScreen } from './screen.ts'

interface Flags {
  readonly lab?: readonly string[]
  readonly title?: string
  readonly port?: number
  readonly listen: string
  readonly passcode?: string
  readonly new?: boolean
  readonly plain?: boolean
}

export function hostCommand(finished: (code: ExitCode) => void): Command {
  const command = new Command('host')
    .description('host a workshop: a room of participants who predict and run everything on their own machines')
    .option('--lab <lab...>', 'the workshop’s labs, by number or name (default: the whole course)')
    .option('--title <title>', 'the workshop’s title', title)
    .option('--port <port>', 'the port to listen on (default: 7443, or a free one)', port)
    .option('--listen <address>', 'the address of this machine to listen on', address, '0.0.0.0')
    .option('--passcode <passcode>', 'six characters or more (default: eight random digits)', passcode)
    .option('--new', 'begin another workshop, although the last one has not ended')
    .option('--plain', 'in lines of text, on a terminal too')
    .addHelpText('after', helpText)
    .action(async (flags: Flags) => finished(await host(flags)))
  for (const verb of [...orderCommands(finished), hostExportCommand(finished)]) command.addCommand(verb)
  return command
}

async function host({ lab, new: isNew = false, plain = false, ...given }: Flags): Promise<ExitCode> {
  const labs = lab && (await Promise.all([...new Set(lab)].map((name) => labNamed(name)))).map(({ id }) => id)
  // The screen takes signals itself, so that it can give the terminal back.
  const isOnScreen = !plain && isInteractive() && !prefersLines()
  const interrupt = isOnScreen ? null : onInterrupt(print, 'The host ends; everything is kept.')
  try {
    let ofRoom: readonly Lab[] = []
    const projector = async (workshop: Workshop): Promise<ProjectorView> => {
      ofRoom = await labsOf(workshop)
      const { projectorView } = await import('../../../views/html/workshop/projector-view.ts')
      return projectorView(ofRoom)
    }
    const running = await startHost({ ...given, ...(labs && { labs }), isNew, defect, projector })
    try {
      if (interrupt) await hostInLines(running, ofRoom, interrupt.signal)
      else await hostOnScreen(running, ofRoom)
    } finally {
      await running.close()
      const { orders, workshop } = running.room()
      print(`All of it is kept in ${running.folder}.`)
      if (!orders.isOver) print(`To go on with “${workshop.title}”: edgelab host`)
    }
  } finally {
    interrupt?.release()
  }
  return exitCodes.done
}

function defect(error: unknown): void {
  process.stderr.write(`EdgeLab has a defect: ${error instanceof Error ? error.stack : String(error)}\n`)
}

function title(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 80 || /[\p{C}<>]/u.test(trimmed)) {
    throw new InvalidArgumentError('It should have 1 to 80 characters, and neither < nor >.')
  }
  return trimmed
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('It should be a number from 1 to 65535.')
  return value
}

function address(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('It should be an IP address of this machine.')
  return text
}

function passcode(text: string): string {
  const length = passcodeLength(text)
  if (length < 6 || text.length > 64)
    throw new InvalidArgumentError('It should have 6 to 64 characters, blanks and dashes not counted.')
  return text
}

const helpText = `
Examples:
  edgelab host                             all labs; shows what participants have to type
  edgelab host --lab 1 2 --title "Edges"   labs 1 and 2
  edgelab host --listen 192.168.1.7        in one network only
  edgelab host --new                       another workshop; without it, the last one goes on until it has ended
  edgelab host say Five minutes to go      from another terminal of this machine

Nothing else of EdgeLab listens beyond this machine. Participants run everything themselves and send their answers,
progress and figures, over HTTPS, to a host whose certificate the join code proves. State: EDGELAB_HOME/workshops.`
