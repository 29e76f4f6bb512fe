import { Command } from 'commander'
import { cell, table } from '../comparison/blocks.ts'
import { type ExitCode, exitCodes } from '../errors.ts'
import { exampleSite } from '../experiment/systems-under-test.ts'
import { withoutSecrets } from '../policy/credentials.ts'
import { systems } from '../systems/index.ts'
import { targetId } from '../systems/running/target.ts'
import { tableLines } from '../views/text/table.ts'
import { scenariosNamed, systemNamed } from './inputs.ts'
import { print, terminal } from './output.ts'
import { readKeys } from './run/targets/keys.ts'
import { whatItHasToDo } from './run/targets/what-it-has-to-do.ts'

const tones = { exact: 'good', approximated: 'muted', impossible: 'bad', unknown: 'muted' } as const

export function configCommand(finished: (code: ExitCode) => void): Command {
  return new Command('config')
    .description('the native configuration that a scenario’s policy becomes, and how exactly it carries out each line')
    .argument('<system>', `edgelab list systems; or ${targetId}: what a gateway of your own would have to do`)
    .argument('<scenario>', 'a name or a YAML file')
    .addHelpText(
      'after',
      '\nExamples:\n  edgelab config nginx caching\n  edgelab config nginx-lua my-scenario.yaml\n  edgelab config target rate-limit',
    )
    .action(async (systemName: string, scenarioName: string) => {
      if (systemName === targetId) await printForTarget(scenarioName)
      else await printNative(systemName, scenarioName)
      finished(exitCodes.done)
    })
}

async function printNative(systemName: string, scenarioName: string): Promise<void> {
  const system = systems[systemNamed(systemName)]
  const [scenario] = await scenariosNamed([scenarioName])
  const { files, fidelity } = system.compile(withoutSecrets(scenario!.policy), exampleSite(scenario!))
  for (const { path, text } of files) print(`── ${path}\n${text}`)
  const rows = fidelity.map(({ line, level, how }) => [line, cell(level, tones[level]), how])
  print(tableLines(table('Fidelity', ['policy', 'fidelity', 'how'], rows), terminal(process.stdout)).join('\n'))
}

async function printForTarget(scenarioName: string): Promise<void> {
  const keys = await readKeys()
  const [scenario] = await scenariosNamed([scenarioName], keys.makeKey)
  print(whatItHasToDo(scenario!, [...keys.made]).join('\n'))
}
