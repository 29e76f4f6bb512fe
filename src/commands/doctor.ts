import { Command } from 'commander'
import { cell, table } from '../comparison/blocks.ts'
import { type ExitCode, exitCodes } from '../errors.ts'
import { examine } from '../runtime/doctor.ts'
import { systems } from '../systems/index.ts'
import { tableLines } from '../views/text/table.ts'
import { print, terminal } from './output.ts'

const states = { ok: cell('ok', 'good'), missing: cell('missing', 'bad'), note: cell('note', 'muted') }

export function doctorCommand(finished: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .description('what runs here, what does not, and the one command that changes it')
    .addHelpText('after', '\nExample:\n  edgelab doctor')
    .action(async () => {
      const candidates = Object.values(systems).flatMap(({ id, launch }) => (launch ? [{ id, launch }] : []))
      const checks = await examine(candidates)
      const rows = checks.map(({ name, state, detail, remedy }) => [name, states[state], detail, remedy])
      print(
        tableLines(
          table('What runs here', ['what', '', 'found', 'what changes it'], rows),
          terminal(process.stdout),
        ).join('\n'),
      )
      finished(checks.some(({ state }) => state === 'missing') ? exitCodes.environment : exitCodes.done)
    })
}
