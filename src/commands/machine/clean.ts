import { Command } from 'commander'
import { plural } from '../../comparison/blocks.ts'
import { type ExitCode, exitCodes } from '../../errors.ts'
import { cleanLeftovers } from '../../runtime/cleanup/clean.ts'
import { print } from '../output.ts'

export function cleanCommand(finished: (code: ExitCode) => void): Command {
  return new Command('clean')
    .description('remove what a killed run left behind; runs that are under way are left alone')
    .addHelpText('after', '\nExample:\n  edgelab clean')
    .action(async () => {
      const { containers, networks, processes, folders, engine } = await cleanLeftovers()
      const counts = [
        plural(containers, 'container'),
        plural(networks, 'network'),
        processes === 1 ? '1 process' : `${processes} processes`,
        plural(folders, 'folder'),
      ]
      print(`Removed: ${counts.join(', ')}.${engine === '' ? '' : ` Containers were not looked at: ${engine}.`}`)
      finished(exitCodes.done)
    })
}
