import { Command } from 'commander'
import { asTyped } from '../../errors/typed.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import { labNamed, listLabs } from '../../labs/file/library.ts'
import { type Check, examine } from '../../runtime/doctor.ts'
import { launches } from '../../systems/index.ts'
import { doctorTable } from '../../views/tables/doctor-table.ts'
import { tableLines } from '../../views/text/table.ts'
import { lastMembership } from '../../workshop/participant/membership.ts'
import { print, terminal } from '../output.ts'

export function doctorCommand(finished: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .description('show what runs here, what does not, and the one command that changes it')
    .argument('[address]', 'with --workshop: where the host will be, such as 192.168.1.7:7443')
    .argument('[code...]', 'with --workshop: its code')
    .option('--workshop', 'check whether this machine is ready for a workshop, or what is missing')
    .addHelpText('after', helpText)
    .action(async (address: string | undefined, code: readonly string[], { workshop }: { workshop?: boolean }) => {
      if (!workshop && address !== undefined) {
        throw new EdgeLabError('usage', { what: `“${address}” is not understood without --workshop.` })
      }
      const { checks, last } = workshop ? await forWorkshop(address, code.join(' ')) : await forRuns()
      print([...tableLines(doctorTable(checks), terminal(process.stdout)), ...last].join('\n'))
      finished(checks.some(({ state }) => state === 'missing') ? exitCodes.environment : exitCodes.done)
    })
}

interface Examined {
  readonly checks: readonly Check[]
  /** Lines behind the table. */
  readonly last: readonly string[]
}

async function forRuns(): Promise<Examined> {
  return { checks: await examine(launches()), last: [] }
}

/** Of the workshop that was joined last; before that, every lab of the course. */
async function forWorkshop(address: string | undefined, code: string): Promise<Examined> {
  // Loaded when it is needed: it brings a client of workshops.
  const { readiness, readyInWords } = await import('../../workshop/participant/readiness.ts')
  const last = await lastMembership()
  const ids = last?.joined.workshop.labs ?? (await listLabs()).map(({ id }) => id)
  const labs = await Promise.all(ids.map((id) => labNamed(id)))
  const checks = await readiness(labs, address === undefined ? null : { address, code })
  return { checks, last: ['', asTyped(readyInWords(checks))] }
}

const helpText = `
Examples:
  edgelab doctor
  edgelab doctor --workshop                                        the evening before
  edgelab doctor --workshop 192.168.1.7:7443 7QF2-M9XK-0ZTB-3HRW   in the room`
