/**
 * What the app asks for, answered by EdgeLab itself. What an answer needs is loaded when it is first asked for, so that
 * the first screen waits for none of it.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Priorities } from '../../comparison/findings/choice/decision/priorities.ts'
import type { RunComparison } from '../../comparison/runs/compare-runs.ts'
import { usualEffort } from '../../experiment/asked.ts'
import { exampleSite } from '../../experiment/systems-under-test.ts'
import { withoutSecrets } from '../../policy/credentials.ts'
import { chooseRuntime } from '../../runtime/choose.ts'
import { examine } from '../../runtime/doctor.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import { launches, systemIds, systems } from '../../systems/index.ts'
import { openInBrowser } from '../../views/html/open.ts'
import type { Binaries, FinishedRun, RunChoice, Services, Surroundings } from '../../views/services.ts'
import { labServices } from '../lab/lab-services.ts'
import type { RunObserver } from '../run/measure.ts'
import { edit } from './edit.ts'

const candidates = launches()

type Runtime = 'auto' | RuntimeKind

const inputs = () => import('../inputs.ts')
const state = () => import('./app-state.ts')
const store = () => import('../../measurement/store/store.ts')

/** `fetching`: what the first start fetches; labs wait for it, so that they are played by what it brings. */
export function appServices(runtime: Runtime, binaries: Binaries, fetching: Promise<void>): Services {
  const labs = labServices(runtime)
  return {
    ...labs,
    binaries,
    openLab: async (id, note) => {
      const tell = (): void => note(binaries.state().fetching?.words ?? '')
      const quiet = binaries.subscribe(tell)
      await fetching
      quiet()
      return labs.openLab(id, note)
    },
    scenarios: async () => (await inputs()).everyScenario(),
    surroundings: () => surroundings(runtime),
    fidelity: (system, scenario) =>
      systems[system].compile(withoutSecrets(scenario.policy), exampleSite(scenario)).fidelity,
    measure: (choice, observer) => measureChoice(choice, runtime, observer),
    runs: async () => (await import('../../measurement/store/run-list.ts')).listRuns('reports'),
    openRun,
    compareRuns: compareFolders,
    deleteRun: async (folder) => (await store()).deleteRun(folder),
    openInBrowser,
    lastPriorities: async () => (await state()).lastPriorities(),
    rememberPriorities: async (priorities) => (await state()).rememberPriorities(priorities),
    keepDecision,
    keepCopy: async (text) => (await state()).keepCopy(text),
    examine: () => examine(candidates),
    lastChoice: async () => (await state()).lastChoice(),
    rememberChoice: async (choice) => (await state()).rememberChoice(choice),
    edit,
  }
}

async function surroundings(wanted: Runtime): Promise<Surroundings> {
  const { kind, reason, availability } = await chooseRuntime(wanted, candidates, () => undefined, { pull: false })
  return {
    runtime: kind,
    reason,
    systems: systemIds.map((id) => ({
      id,
      kind: systems[id].kind,
      summary: systems[id].summary,
      // The baseline needs nothing.
      availability: availability[id] ?? { available: true, by: '' },
    })),
  }
}

async function compareFolders(...folders: readonly [one: string, other: string]): Promise<RunComparison> {
  const [{ loadRecord }, { compareRuns }] = await Promise.all([
    store(),
    import('../../comparison/runs/compare-runs.ts'),
  ])
  const records = await Promise.all(folders.map((folder) => loadRecord(join(folder, 'run.json'))))
  const [before, after] = records.sort((a, b) => a.startedAt.localeCompare(b.startedAt))
  return compareRuns(before!, after!)
}

async function measureChoice(
  { scenarios, systems, effort }: RunChoice,
  runtime: Runtime,
  observer: RunObserver,
): Promise<FinishedRun> {
  const command = ['edgelab', 'run', ...scenarios].join(' ')
  const options = { systems, runtime, command, asked: usualEffort[effort] }
  const [{ measure }, { scenariosNamed }] = await Promise.all([import('../run/measure.ts'), inputs()])
  return measure(await scenariosNamed(scenarios), options, observer)
}

async function keepDecision(folder: string, priorities: Priorities): Promise<readonly string[]> {
  const [{ loadRecord }, { decide }, { decisionDocument }, { prioritiesYaml }, { usualTerms }, { saveDecision }] =
    await Promise.all([
      store(),
      import('../../comparison/findings/choice/decision/decide.ts'),
      import('../../comparison/findings/choice/decision/document.ts'),
      import('../../comparison/findings/choice/decision/priorities.ts'),
      import('../../prices/terms.ts'),
      import('../run/report/save-decision.ts'),
    ])
  const record = await loadRecord(join(folder, 'run.json'))
  const document = decisionDocument(record, decide(record, priorities, usualTerms), usualTerms)
  return saveDecision(folder, document, { 'priorities.yaml': prioritiesYaml(priorities) })
}

/** The report is made again where it is gone, so that it can always be opened. */
async function openRun(folder: string): Promise<FinishedRun> {
  const [{ loadRecord }, { drawFindings }, { judge }, { saveReport }] = await Promise.all([
    store(),
    import('../../comparison/findings/index.ts'),
    import('../../comparison/judge.ts'),
    import('../run/report/save-report.ts'),
  ])
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
