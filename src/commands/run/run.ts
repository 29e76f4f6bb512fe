import { Command } from 'commander'
import type { ExitCode } from '../../errors.ts'
import { maxRounds } from '../../scenario/scenario.ts'
import { type SystemId, systemIds } from '../../systems/index.ts'
import { word } from '../../views/evidence/curl.ts'
import { runtimeOption, scenariosNamed, systemsNamed, wholeNumber } from '../inputs.ts'
import { onInterrupt } from '../interrupt.ts'
import { lostOutput } from '../output.ts'
import { measure, type RunOptions } from './measure.ts'
import { agreeToReplace } from './out-folder.ts'
import { readOwnConfigurations } from './own-configurations.ts'
import { outputFor } from './run-output.ts'

interface Flags extends Omit<RunOptions, 'systems' | 'command' | 'own'> {
  readonly systems?: readonly SystemId[]
  readonly config?: readonly string[]
  readonly plain?: boolean
  readonly json?: boolean
}

export function runCommand(finished: (code: ExitCode) => void): Command {
  return new Command('run')
    .description('run scenarios: prove every system, send the same traffic through each, show what differs')
    .argument('[scenario...]', 'names (edgelab list scenarios) or YAML files; all where none is named')
    .option('--systems <list>', `which systems, separated by commas, out of ${systemIds.join(', ')}`, systemsNamed)
    .option(
      '--config <system>=<path>',
      'your own configuration for a system: a file in place of its main one, or a folder laid over file by file; may be repeated',
      (given: string, earlier: readonly string[] = []) => [...earlier, given],
    )
    .addOption(runtimeOption())
    .option('--rounds <n>', 'rounds per scenario', wholeNumber(1, maxRounds))
    .option('--quick', 'the few rounds that the scenario names for a first look')
    .option('--seed <n>', 'the same seed sends the same requests at the same times', wholeNumber(0, 2 ** 31))
    .option('--out <dir>', 'folder for the run; a new one under reports/ otherwise. edgelab report takes it, too')
    .option('--ports <first>', 'first port for processes; free ones are chosen otherwise', wholeNumber(1024, 65000))
    .option('--plain', 'text without colour, as into a pipe')
    .option('--json', 'one JSON object a line; the last one names record and report')
    .addHelpText('after', helpText)
    .action(async (names: readonly string[], flags: Flags) => {
      const { systems = systemIds, config = [], ...rest } = flags
      const scenarios = await scenariosNamed(names)
      const own = await readOwnConfigurations(config, systems, scenarios)
      if (flags.out !== undefined) await agreeToReplace(flags.out, flags)
      const words = names.map(word)
      const command = ['edgelab', 'run', ...words].join(' ')
      const output = outputFor(flags)
      const interrupt = onInterrupt(output.note)
      try {
        const observer = { emit: output.event, note: output.note, signal: interrupt.signal }
        const { model, ...result } = await measure(scenarios, { ...rest, systems, own, command }, observer)
        output.done(model, result)
        if (lostOutput()) process.stderr.write(`Record  ${result.record}\n`)
        finished(result.exitCode)
      } finally {
        interrupt.release()
      }
    })
}

const helpText = `
Examples:
  edgelab run --quick                                   a first look at everything, in one to five minutes
  edgelab run caching --systems nginx,node-gateway      one question, two systems
  edgelab run my-scenario.yaml --rounds 20 --seed 7     a report to defend
  edgelab run overhead --systems direct,direct          what two identical systems seem to differ by
  edgelab run caching --config nginx=my.conf            nginx as you configured it, called nginx-own
  edgelab run --json | tail -1                          the paths of record and report

Your own files may hold {{listen}}, {{instance <origin> <number>}}, {{configDir}}, {{scratchDir}} and {{key <consumer>}}:
what only the place knows, and keys that stay out of the record. edgelab config <system> <scenario> shows compiled ones.

Exit codes: 0 done, 1 expectations not met, 2 bad input, 3 the environment lacks something, 130 interrupted.`
