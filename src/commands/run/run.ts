import { Command } from 'commander'
import { EdgeLabError, type ExitCode } from '../../errors.ts'
import type { Asked } from '../../experiment/asked.ts'
import { maxRounds, type Scenario } from '../../scenario/scenario.ts'
import { type SystemId, systemIds } from '../../systems/index.ts'
import { usualSystems } from '../../systems/usual.ts'
import { formatNumber } from '../../units.ts'
import { word } from '../../views/evidence/curl.ts'
import { allRead, runtimeOption, scenariosNamed, systemsNamed, wholeNumber } from '../inputs.ts'
import { onInterrupt } from '../interrupt.ts'
import { lostOutput } from '../output.ts'
import { askedOf, budgetFrom, type EffortFlags, effortConflicts, idleOptions, precisionFrom } from './effort-flags.ts'
import { measure, type RunOptions } from './measure.ts'
import { agreeToReplace } from './out-folder.ts'
import { readOwnConfigurations } from './own-configurations.ts'
import { outputFor } from './run-output.ts'
import { requestsOf } from './targets/bounds.ts'
import { deploymentLabel } from './targets/deployment.ts'
import { readKeys } from './targets/keys.ts'
import { originsInWords } from './targets/origins-from.ts'
import { readTargets, type TargetFlags, type Targets } from './targets/targets.ts'

interface Flags
  extends Omit<RunOptions, 'systems' | 'command' | 'own' | 'targets' | 'asked'>,
    TargetFlags,
    EffortFlags {
  readonly systems?: readonly SystemId[]
  readonly config?: readonly string[]
  readonly keys?: string
  readonly awsKey?: readonly string[]
  readonly runtime: RunOptions['runtime']
  readonly plain?: boolean
  readonly json?: boolean
}

export function runCommand(finished: (code: ExitCode) => void): Command {
  return new Command('run')
    .description('run scenarios: prove every system, send the same traffic through each, show what differs')
    .argument('[scenario...]', 'names (edgelab list scenarios) or YAML files; without any, every scenario')
    .option(
      '--systems <list>',
      `separated by commas: all, or any of ${systemIds.join(', ')} (default: ${usualSystems(() => true).join(', ')})`,
      systemsNamed,
    )
    .option(
      '--config <system>=<path>',
      'your own configuration for a system: a file that replaces its main one, or a folder laid over its files; may be repeated',
      several,
    )
    .option(
      '--target <name>=<url>',
      'a gateway of yours that is already running: http://host:port on this machine or in a private network; may be repeated',
      several,
    )
    .option(
      '--aws-url <url>',
      'your deployment of AWS API Gateway, by the URL of its stage; its owner pays for each request',
    )
    .option(
      '--aws-key <key>',
      'a key for that deployment; <consumer>=<key> where there are several consumers; may be repeated',
      several,
    )
    .option('--i-own-this-host', 'confirms that targets outside private networks are yours, and yours to load')
    .option(
      '--origins <address:port>',
      'where the first origin listens, the others on the ports after it (default with a target: 127.0.0.1:9001)',
    )
    .option('--keys <file>', 'the keys of the scenarios’ consumers, one “name: key” a line (default: made for the run)')
    .addOption(runtimeOption())
    .option('--all', 'every scenario, on every system that runs here')
    .option('--precision <share>', 'how narrow intervals should be (default: 5%, with --publish 2%)', precisionFrom)
    .option('--budget <time>', 'for measuring one scenario in slices (default: 60s, with --publish 5m)', budgetFrom)
    .option('--quick', 'a first look: 12s of slices, or the few rounds that the scenario names; it claims nothing')
    .option('--publish', 'for a report to defend: ±2% within 5m a scenario in slices')
    .option('--rounds <n>', 'rounds of each scenario that is measured in rounds', wholeNumber(1, maxRounds))
    .option('--seed <n>', 'the same seed sends the same requests at the same times', wholeNumber(0, 2 ** 31))
    .option('--out <dir>', 'folder for the run (default: a new one under reports/); edgelab report takes it, too')
    .option('--ports <first>', 'first port for processes (default: free ones are chosen)', wholeNumber(1024, 65000))
    .option('--plain', 'text without colour, as into a pipe')
    .option('--json', 'one JSON object a line; the last one names record and report')
    .addHelpText('after', helpText)
    .action(async (names: readonly string[], flags: Flags) => {
      const { systems, config = [], ...rest } = flags
      const conflicts = [...effortConflicts(flags), ...choiceConflicts(names, flags)]
      if (conflicts.length > 0) throw new EdgeLabError('usage', { what: conflicts.join(' ') })
      const asked = askedOf(flags)
      const keys = await readKeys(flags.keys, flags.awsKey)
      const scenarios = await scenariosNamed(names, keys.makeKey)
      const [own, targets] = await allRead([
        readOwnConfigurations(config, systems ?? systemIds, scenarios),
        readTargets(flags, { scenarios, asked, keys }),
      ])
      if (flags.out !== undefined) await agreeToReplace(flags.out, flags)
      const words = names.map(word)
      const command = ['edgelab', 'run', ...words].join(' ')
      const output = outputFor(flags)
      for (const line of [...idleOptions(flags, scenarios), ...originLines(scenarios, asked, targets)])
        output.note(line)
      const interrupt = onInterrupt(output.note)
      try {
        const observer = { emit: output.event, note: output.note, signal: interrupt.signal }
        const { model, ...result } = await measure(
          scenarios,
          { ...rest, ...(systems ? { systems } : {}), own, targets, command, asked },
          observer,
        )
        output.done(model, result)
        if (lostOutput()) process.stderr.write(`Record  ${result.record}\n`)
        finished(result.exitCode)
      } finally {
        interrupt.release()
      }
    })
}

/** `--all` has chosen already. Each as a sentence. */
function choiceConflicts(names: readonly string[], { all, systems }: Flags): readonly string[] {
  if (!all) return []
  return [
    ...(names.length > 0 ? [`--all runs every scenario: leave it out to run ${names.join(' and ')}.`] : []),
    ...(systems ? ['--all takes every system that runs here: leave it out to use --systems.'] : []),
  ]
}

/** For commander: an option that may be repeated. */
function several(given: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, given]
}

/** Where whoever configured a target has to have it look for the origins. */
function originLines(
  scenarios: readonly Scenario[],
  asked: Asked,
  { originsFrom: from, choices }: Targets,
): readonly string[] {
  if (!from) return []
  const names = choices.map(({ label }) => label).join(', ')
  const requests = requestsOf(scenarios, asked)
  const isPaid = choices.some(({ label }) => label === deploymentLabel)
  const cost = `${deploymentLabel} gets about ${formatNumber(requests)} requests, beside some hundred of its probes; AWS counts each.`
  const places = scenarios.map(
    (scenario) =>
      `${scenario.id}: ${names === '' ? '' : `${names} must find `}the origins at ${originsInWords(scenario, from).join('; ')}`,
  )
  return isPaid ? [...places, cost] : places
}

const helpText = `
Examples:
  edgelab run --quick                                   a first look at every scenario, in about six minutes
  edgelab run caching --systems nginx,node-gateway      one question, two systems
  edgelab run --all --quick                             every scenario, on every system that runs here
  edgelab run overhead --precision 3% --budget 2m       until every interval is within ±3 %, two minutes at most
  edgelab run overhead --publish --seed 7               a report to defend: ±2 %, five minutes at most
  edgelab run overhead --systems nginx,nginx            what two identical systems seem to differ by
  edgelab run caching --config nginx=my.conf            nginx as you configured it, called nginx-own
  edgelab run caching --target mine=http://127.0.0.1:8080
                                                        your own gateway, already running; edgelab config target
                                                        caching says what it has to do
  edgelab run rate-limit --aws-url https://….amazonaws.com/live --keys keys.yaml
                                                        your deployment of AWS API Gateway, which must be able to
                                                        reach the origins; edgelab export aws makes one. A file keeps
                                                        keys out of the shell’s history; records and reports never
                                                        hold them
  edgelab run --json | tail -1                          the paths of record and report

Your own files may contain {{listen}}, {{instance <origin> <number>}}, {{configDir}}, {{scratchDir}} and
{{key <consumer>}}. The run fills in addresses, folders and keys, and keys stay out of the record.
edgelab config <system> <scenario> shows a compiled configuration to start from.

Exit codes: 0 done, 1 expectations not met or unexpected answers, 2 bad input, 3 the environment lacks something,
130 interrupted.`
