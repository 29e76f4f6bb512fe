import { randomBytes } from 'node:crypto'
import { Command } from 'commander'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import { declaredRow } from '../../matrix/declared.ts'
import { matrixJson } from '../../matrix/json.ts'
import { eachFeature } from '../../matrix/policy.ts'
import { type Outcome, proveCells } from '../../matrix/proved.ts'
import { type MatrixRow, stateOf } from '../../matrix/row.ts'
import { policyFeatures } from '../../policy/features/index.ts'
import { type Choice, chooseRuntime } from '../../runtime/choose.ts'
import { openRuntime } from '../../runtime/open.ts'
import { makeKey } from '../../scenario/keys.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { launches, type SystemId } from '../../systems/index.ts'
import { formatMs } from '../../units.ts'
import { runtimeOption, systemsNamed } from '../inputs.ts'
import { onInterrupt } from '../interrupt.ts'
import { print, terminal } from '../output.ts'
import { matrixMarkdown, matrixText } from './text.ts'

interface Flags {
  readonly runtime: 'auto' | Choice['kind']
  readonly systems?: readonly SystemId[]
  readonly json?: boolean
  readonly markdown?: boolean
}

export function matrixCommand(finished: (code: ExitCode) => void): Command {
  return new Command('matrix')
    .description('prove every feature that a system claims, on every system that runs here')
    .option('--systems <list>', 'separated by commas (default: all)', systemsNamed)
    .addOption(runtimeOption())
    .option('--json', 'one JSON object')
    .option('--markdown', 'what is declared, as a Markdown table; nothing is started')
    .addHelpText('after', helpText)
    .action(async (flags: Flags) => {
      const scenario = eachFeature(makeKey)
      const ids = launches(flags.systems).map(({ id }) => id)
      if (flags.markdown) {
        print(matrixMarkdown(ids.map((id) => declaredRow(id, scenario))))
        return finished(exitCodes.done)
      }
      const interrupt = onInterrupt(note)
      try {
        const choice = await chooseRuntime(flags.runtime, launches(ids), note)
        const rows = await proved(ids, scenario, choice, interrupt.signal)
        print(flags.json ? matrixJson(rows, choice) : matrixText(rows, choice, terminal(process.stdout)))
        const failed = rows.some((row) => policyFeatures.some((feature) => stateOf(row, feature) === 'failed'))
        finished(failed ? exitCodes.failed : exitCodes.done)
      } finally {
        interrupt.release()
      }
    })
}

/** Throws EdgeLabError; `interrupted` where it was stopped before all was proved. */
async function proved(
  ids: readonly SystemId[],
  scenario: Scenario,
  { kind, reason, availability }: Choice,
  signal: AbortSignal,
): Promise<readonly MatrixRow[]> {
  const declared = ids.map((id) => declaredRow(id, scenario))
  const here = declared.map(({ system }) => system).filter(({ id }) => availability[id]?.available)
  note(`Proving ${here.length} of ${ids.length} systems in ${kind} (${reason}).`)
  const runtime = await openRuntime(kind, { runId: `matrix-${randomBytes(4).toString('hex')}`, signal })
  try {
    const outcomes = await proveCells(here, scenario, { runtime, signal, finished: (one) => note(inShort(one)) })
    return declared.map((row): MatrixRow => {
      const known = availability[row.system.id]
      const [absent, remedy] = known?.available === false ? [known.reason, known.remedy] : ['', '']
      return { ...row, absent, remedy, outcome: outcomes.find(({ system }) => system === row.system.id) ?? null }
    })
  } catch (error) {
    if (signal.aborted) throw new EdgeLabError('interrupted')
    throw error
  } finally {
    await runtime.close()
  }
}

/** `nginx 1.22.1: 23 of 23 probes passed, 4.2 s` */
function inShort({ system, version, probes, problem, ms }: Outcome): string {
  if (problem !== '') return `${system}: ${problem}`
  const tried = probes.filter(({ state }) => state !== 'skipped')
  const passed = tried.filter(({ state }) => state === 'passed').length
  return `${system}${version === null ? '' : ` (${version})`}: ${passed} of ${tried.length} probes passed, ${formatMs(ms)}`
}

/** Progress, beside the result. */
function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

const helpText = `
Examples:
  edgelab matrix                               what runs here, proved
  edgelab matrix --systems nginx,haproxy       two of them
  edgelab matrix --runtime containers --json   for a script
  edgelab matrix --markdown                    the table of the README

Each feature is proved by itself, on a path and an origin of its own. Exit codes: 0 no claim failed, 1 a claim failed, 2 bad input, 3 the environment lacks something, 130 interrupted.`
