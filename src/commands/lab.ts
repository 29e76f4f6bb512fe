import { Command } from 'commander'
import type { ExitCode } from '../errors.ts'
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
    command.addCommand(verb(finished).exitOverride().showSuggestionAfterError())
  }
  // `edgelab lab 3` is `edgelab lab start 3`.
  command.addCommand(labStartCommand(finished).exitOverride().showSuggestionAfterError(), { isDefault: true })
  return command
}

const helpText = `
Examples:
  edgelab lab list                       what there is, and where you are
  edgelab lab 3                          start or go on with lab 3
  edgelab lab one-hop --plain            by lines, for pipes and screen readers
  edgelab lab 1 --answers answers.yaml   without asking
  edgelab lab check --runtime processes  the author's gate, for every lab`
