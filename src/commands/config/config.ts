import { Command } from 'commander'
import { cell, table } from '../../comparison/blocks.ts'
import { type ExitCode, exitCodes } from '../../errors.ts'
import { exampleSite } from '../../experiment/systems-under-test.ts'
import { withoutSecrets } from '../../policy/credentials.ts'
import { checkConfiguration } from '../../runtime/processes/configuration.ts'
import { systems } from '../../systems/index.ts'
import { targetId } from '../../systems/running/target.ts'
import { launchOf, type System } from '../../systems/system.ts'
import { tableLines } from '../../views/text/table.ts'
import { scenariosNamed, systemNamed } from '../inputs.ts'
import { print, terminal } from '../output.ts'
import { readKeys } from '../run/targets/keys.ts'
import { whatItHasToDo } from '../run/targets/what-it-has-to-do.ts'

const tones = { exact: 'good', approximated: 'muted', impossible: 'bad', unknown: 'muted' } as const

export function configCommand(finished: (code: ExitCode) => void): Command {
  return new Command('config')
    .description(
      'show the native configuration that a scenario’s policy becomes, and how exactly it carries out each line',
    )
    .argument('<system>', `one of edgelab list systems; or ${targetId}: what a gateway of your own would have to do`)
    .argument('<scenario>', 'a name or a YAML file')
    .option('--check', 'have the product check it, if it is on this machine; only the outcome is printed')
    .addHelpText(
      'after',
      '\nExamples:\n  edgelab config nginx caching\n  edgelab config nginx-lua my-scenario.yaml\n  edgelab config haproxy caching --check\n  edgelab config target rate-limit',
    )
    .action(async (systemName: string, scenarioName: string, { check }: { readonly check?: boolean }) => {
      if (systemName === targetId) await printForTarget(scenarioName)
      else if (check) await printCheck(systemName, scenarioName)
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

/** Throws EdgeLabError `startFailed` where the product refuses it, `binaryMissing` where it is not here. */
async function printCheck(systemName: string, scenarioName: string): Promise<void> {
  const id = systemNamed(systemName)
  const system: System = systems[id]
  const launch = launchOf(system)
  const [scenario] = await scenariosNamed([scenarioName])
  if (!launch) return print(`${id} has no configuration.`)
  const { origins } = exampleSite(scenario!)
  // Addresses in place of names, which a product would look up.
  const addresses = Object.fromEntries(
    Object.entries(origins).map(([name, each]) => [name, each.map(({ port }) => ({ host: '127.0.0.1', port }))]),
  )
  const asked = await checkConfiguration(launch, addresses, (site) => system.compile(scenario!.policy, site).files)
  print(
    asked === null
      ? `${id} has no check of its own: it is checked by starting it.`
      : `${id} accepts what ${scenario!.id} becomes: ${asked}`,
  )
}

async function printForTarget(scenarioName: string): Promise<void> {
  const keys = await readKeys()
  const [scenario] = await scenariosNamed([scenarioName], keys.makeKey)
  print(whatItHasToDo(scenario!, [...keys.made]).join('\n'))
}
