import { Argument, Command } from 'commander'
import { cell, table } from '../../comparison/blocks.ts'
import type { TableBlock } from '../../comparison/finding.ts'
import { pricesTable } from '../../comparison/findings/choice/managed-cost/tables.ts'
import { type ExitCode, exitCodes } from '../../errors.ts'
import { listRuns } from '../../measurement/store/run-list.ts'
import { policyFeatures } from '../../policy/features/index.ts'
import { chooseRuntime } from '../../runtime/choose.ts'
import { launches, systems } from '../../systems/index.ts'
import { kindInWords } from '../../systems/system.ts'
import { tableLines } from '../../views/text/table.ts'
import { everyScenario } from '../inputs.ts'
import { print, terminal } from '../output.ts'
import { termsFrom } from '../run/bill/prices.ts'

export function listCommand(finished: (code: ExitCode) => void): Command {
  const tables = { systems: systemsTable, scenarios: scenariosTable, runs: runsTable, prices: pricesOfReader }
  return new Command('list')
    .description('list systems, scenarios, runs and prices')
    .addArgument(new Argument('<what>', 'which list').choices(Object.keys(tables)))
    .addHelpText(
      'after',
      '\nExamples:\n  edgelab list scenarios\n  edgelab list systems\n  edgelab list runs\n  edgelab list prices',
    )
    .option('--prices <file>', 'for prices: those of this YAML file replace EdgeLab’s')
    .action(async (what: keyof typeof tables, { prices }: { readonly prices?: string }) => {
      print(tableLines(await tables[what](prices), terminal(process.stdout)).join('\n'))
      finished(exitCodes.done)
    })
}

async function systemsTable(): Promise<TableBlock> {
  const candidates = launches()
  const { kind, availability } = await chooseRuntime('auto', candidates, () => undefined)
  const rows = Object.values(systems).map(({ id, kind: what, support }) => {
    const here = availability[id]
    return [
      id,
      kindInWords(what),
      ...policyFeatures.map((feature) => cell(support[feature].level === 'none' ? '–' : support[feature].level)),
      here && !here.available ? cell(`no: ${here.reason} → ${here.remedy}`, 'bad') : cell('yes', 'good'),
    ]
  })
  return table('Systems', ['system', 'kind', ...policyFeatures, `runs here (${kind})`], rows)
}

async function scenariosTable(): Promise<TableBlock> {
  const rows = (await everyScenario()).map(({ id, scenario, problem }) => [
    id,
    scenario ? scenario.question : cell(problem, 'bad'),
  ])
  return table('Scenarios', ['scenario', 'question'], rows)
}

async function runsTable(): Promise<TableBlock> {
  const rows = (await listRuns('reports')).map(({ folder, record, problem }) =>
    record
      ? [
          folder,
          record.startedAt.slice(0, 16).replace('T', ' '),
          record.scenarios.map(({ scenario }) => scenario.id).join(', '),
          record.partial ? 'partial' : record.runtime,
        ]
      : [folder, '–', cell(problem, 'bad'), 'damaged'],
  )
  return table(rows.length === 0 ? 'Runs: none yet' : 'Runs', ['folder', 'started', 'scenarios', ''], rows)
}

async function pricesOfReader(file?: string): Promise<TableBlock> {
  return pricesTable('Prices', (await termsFrom(file)).prices)
}
