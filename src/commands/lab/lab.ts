import { Command } from 'commander'
import type { ExitCode } from '../../errors.ts'
import { labCheckCommand } from './lab-check.ts'
import { labListCommand } from './lab-list.ts'
import { labNewCommand } from './lab-new.ts'
import { labReportCommand } from './lab-report.ts'
import { labStartCommand } from './lab-start.ts'

export function labCommand(finished: (code: ExitCode) => void): Command {
  const command = new Command('lab')
    .description('the course: learn by experiment what a gateway adds to a reverse proxy, and what it costs')
    .addHelpText('after', helpText)
  for (const verb of [labListCommand, labReportCommand, labCheckCommand, labNewCommand]) {
    command.addCommand(verb(finished))
  }
  // `edgelab lab 3` is `edgelab lab start 3`.
  const start = labStartCommand(finished)
  return command.addCommand(start, { isDefault: true }).addHelpText('after', () => optionsOf(start))
}

/** `edgelab lab 3 --help` asks about the lab, but commander would take it for a question about `lab`. */
export function withLabVerb(argv: readonly string[], lab: Command): readonly string[] {
  const [command, name] = argv
  if (command !== lab.name() || name === undefined || name.startsWith('-')) return argv
  const verbs = ['help', ...lab.commands.map((verb) => verb.name())]
  return verbs.includes(name) ? argv : [command, 'start', ...argv.slice(1)]
}

function optionsOf(start: Command): string {
  const help = start.createHelp()
  help.prepareContext({ helpWidth: 80 })
  const width = help.padWidth(start, help)
  const lines = help
    .visibleOptions(start)
    .map((option) => help.formatItem(help.optionTerm(option), width, help.optionDescription(option), help))
  return ['', 'Options of a lab (edgelab lab 3 --help):', ...lines].join('\n')
}

const helpText = `
Examples:
  edgelab lab list                       the labs, and how far you are
  edgelab lab 3                          start or go on with lab 3
  edgelab lab one-hop --plain            in lines of text, for pipes and screen readers
  edgelab lab 1 --answers answers.yaml   from answers in a file, without asking
  edgelab lab check --runtime processes  the author's gate, for every lab`
