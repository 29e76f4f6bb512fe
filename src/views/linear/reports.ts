/** Past runs, newest first: read one, or delete it. */
import { basename } from 'node:path'
import type { RunEntry } from '../../measurement/store/run-list.ts'
import { comparisonText } from '../text/runs/text.ts'
import { agrees, choose, type Item, sayText, sayTitle } from './dialogue.ts'
import { findingsScreen } from './findings.ts'
import type { LinearApp } from './linear-app.ts'

export async function reportsScreen(app: LinearApp): Promise<void> {
  const { services, dialogue } = app
  for (;;) {
    const runs = await services.runs()
    sayTitle(dialogue, 'Reports')
    if (runs.length === 0) {
      sayText(dialogue, 'There are no runs yet.')
      return
    }
    const chosen = await choose(dialogue, runs.map(itemOf))
    if (chosen === null) return
    await runScreen(app, runs[chosen]!, runs)
  }
}

async function runScreen(app: LinearApp, run: RunEntry, runs: readonly RunEntry[]): Promise<void> {
  const { services, dialogue } = app
  sayTitle(dialogue, itemOf(run).label)
  const open = async (): Promise<void> => findingsScreen(app, await services.openRun(run.folder))
  const others = runs.filter(({ folder, record }) => record !== null && folder !== run.folder)
  const compare = async (): Promise<void> => {
    sayText(dialogue, 'Compare it with:')
    const chosen = await choose(dialogue, others.map(itemOf))
    if (chosen === null) return
    const comparison = await services.compareRuns(run.folder, others[chosen]!.folder)
    dialogue.say(['', ...comparisonText(comparison, dialogue.text).trimEnd().split('\n')])
    await dialogue.ask('Enter to go on: ')
  }
  const remove = async (): Promise<void> => {
    if (!(await agrees(dialogue, `Delete ${basename(run.folder)} with its report?`))) return
    await services.deleteRun(run.folder)
    sayText(dialogue, 'Deleted.')
  }
  const actions = [
    ...(run.record === null ? [] : [{ label: 'Read', detail: 'its findings, one at a time', act: open }]),
    ...(run.record === null || others.length === 0
      ? []
      : [{ label: 'Compare', detail: 'with another run: what changed', act: compare }]),
    { label: 'Delete', detail: run.folder, act: remove },
  ]
  const chosen = await choose(dialogue, actions)
  if (chosen !== null) await actions[chosen]!.act()
}

function itemOf({ folder, record, problem }: RunEntry): Item {
  if (record === null) return { label: `${basename(folder)}, which cannot be read`, detail: problem }
  const { id, startedAt, scenarios, partial } = record
  const systems = new Set(scenarios.flatMap(({ subjects }) => subjects.map(({ system }) => system)))
  return {
    label: `${id}: ${scenarios.map(({ scenario }) => scenario.id).join(', ')}${partial ? ', partial' : ''}`,
    detail: `${startedAt.slice(0, 16).replace('T', ' ')} UTC; ${[...systems].join(', ')}`,
  }
}
