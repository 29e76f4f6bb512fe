import { Command } from 'commander'
import { type ExitCode, exitCodes } from '../../errors.ts'
import { examine } from '../../runtime/doctor.ts'
import { launches } from '../../systems/index.ts'
import { doctorTable } from '../../views/tables/doctor-table.ts'
import { tableLines } from '../../views/text/table.ts'
import { print, terminal } from '../output.ts'

export function doctorCommand(finished: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .description('what runs here, what does not, and the one command that changes it')
    .addHelpText('after', '\nExample:\n  edgelab doctor')
    .action(async () => {
      const candidates = launches()
      const checks = await examine(candidates)
      print(tableLines(doctorTable(checks), terminal(process.stdout)).join('\n'))
      finished(checks.some(({ state }) => state === 'missing') ? exitCodes.environment : exitCodes.done)
    })
}
