/** What the app asks for, answered by EdgeLab itself. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { drawFindings, judge } from '../comparison/findings/index.ts'
import { exampleSite, withoutKeys } from '../experiment/subjects.ts'
import { deleteRun, listRuns, loadRecord } from '../measurement/store.ts'
import { chooseRuntime } from '../runtime/choose.ts'
import { examine } from '../runtime/doctor.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import { systems } from '../systems/index.ts'
import { openInBrowser } from '../views/html/open.ts'
import type { FinishedRun, RunChoice, Services, Surroundings } from '../views/tui/services.ts'
import { keepCopy, lastChoice, rememberChoice } from './app-state.ts'
import { edit } from './edit.ts'
import { scenariosNamed } from './inputs.ts'
import { labServices } from './lab-services.ts'
import { measure, type Onlooker } from './measure.ts'
import { saveReport } from './save-report.ts'

const candidates = Object.values(systems).flatMap(({ id, launch }) => (launch ? [{ id, launch }] : []))

type Runtime = 'auto' | RuntimeKind

export function appServices(runtime: Runtime): Services {
  return {
    ...labServices(runtime),
    scenarios: () => scenariosNamed([]),
    surroundings: () => surroundings(runtime),
    fidelity: (system, scenario) =>
      systems[system].compile(withoutKeys(scenario.policy), exampleSite(scenario)).fidelity,
    measure: (choice, onlooker) => measureChoice(choice, runtime, onlooker),
    runs: () => listRuns('reports'),
    openRun,
    deleteRun,
    openInBrowser,
    keepCopy,
    examine: () => examine(candidates),
    lastChoice,
    rememberChoice,
    edit,
  }
}

async function surroundings(wanted: Runtime): Promise<Surroundings> {
  const { kind, reason, availability } = await chooseRuntime(wanted, candidates, () => undefined, { pull: false })
  return {
    runtime: kind,
    reason,
    systems: Object.values(systems).map(({ id, kind: what, summary }) => ({
      id,
      kind: what,
      summary,
      // The baseline needs nothing.
      availability: availability[id] ?? { available: true, by: '' },
    })),
  }
}

async function measureChoice(
  { scenarios, systems, rounds }: RunChoice,
  runtime: Runtime,
  onlooker: Onlooker,
): Promise<FinishedRun> {
  const command = ['edgelab', 'run', ...scenarios].join(' ')
  const amount = typeof rounds === 'number' ? { rounds } : { quick: rounds === 'quick' }
  const options = { systems, runtime, command, ...amount }
  return measure(await scenariosNamed(scenarios), options, onlooker)
}

/** The report is made again where it is gone, so that it can always be opened. */
async function openRun(folder: string): Promise<FinishedRun> {
  const record = await loadRecord(join(folder, 'run.json'))
  const findings = drawFindings(record)
  const model = { record, findings, judgements: judge(record, findings) }
  const report = join(folder, 'report.html')
  const isThere = await access(report).then(
    () => true,
    () => false,
  )
  return { model, folder, report: isThere ? report : await saveReport(folder, model) }
}
