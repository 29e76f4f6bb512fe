import { Command, Option } from 'commander'
import type { ExitCode } from '../../../errors.ts'
import { membershipHome } from '../../../workshop/participant/membership.ts'
import { teams } from '../../../workshop/protocol/messages.ts'
import { runtimeOption } from '../../inputs.ts'
import type { JoinFlags } from './flags.ts'

export function joinCommand(finished: (code: ExitCode) => void): Command {
  return new Command('join')
    .description('take part in a workshop: its labs on this machine, your predictions and answers on the projector')
    .argument('[address]', 'where the host is, such as 192.168.1.7:7443 (default: the last workshop)')
    .argument('[code...]', 'the workshop’s code, as the projector shows it')
    .option('--name <name>', 'your name in the workshop')
    .addOption(new Option('--team <colour>', 'your team').choices(teams))
    .option('--passcode <passcode>', 'the workshop’s passcode, which the projector shows, too')
    .option('--plain', 'in lines of text: asks and answers, draws nothing')
    .option('--answers <path>', 'answers from a file (first lab) or a folder (several labs), instead of asking')
    .option('--until <step>', 'with --answers: the last step to go through')
    .addOption(runtimeOption())
    .addHelpText('after', helpText)
    .action(async (address: string | undefined, code: readonly string[], flags: JoinFlags) => {
      // Loaded when it is needed: other commands have no use for a client of workshops.
      const { takePart } = await import('./take-part.ts')
      finished(await takePart({ address, code: code.join(' ') }, flags))
    })
}

const helpText = `
Examples:
  edgelab join 192.168.1.7:7443 7QF2-M9XK-0ZTB-3HRW
  edgelab join 192.168.1.7:7443 7QF2-M9XK-0ZTB-3HRW --name Ada --team blue --passcode '4829 1357' --plain
  edgelab join                           go on with the last workshop
  edgelab doctor --workshop              the evening before: whether this machine is ready

The host learns what you predict, how sure you are, what you choose in questions, which steps, checks and hints you have
behind you, and the figures of your runs. It gets nothing that you write in your own words, no file and no request.
Everything runs here, with or without the host. What you joined is kept in
${membershipHome('<code>').membership}.`
