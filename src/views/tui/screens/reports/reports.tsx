/** Past runs, newest first: open one, open its HTML report, or delete it. Damaged ones are listed with what is wrong. */
import { basename } from 'node:path'
import type { ReactNode } from 'react'
import { useReducer } from 'react'
import { plural } from '../../../../comparison/blocks.ts'
import type { RunEntry } from '../../../../measurement/store/run-list.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { useApp, useBody } from '../../app-context.tsx'
import { useDoing } from '../../doing.ts'
import type { Binding } from '../../keys/keys.tsx'
import { useNavigation } from '../../navigation.tsx'
import { useBrowser } from '../../terminal/browser.ts'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { useFilter } from '../../widgets/filter.ts'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { type Loaded, useLoaded } from '../../widgets/loaded.ts'
import { signsFor } from '../../widgets/theme.ts'
import { runDetails, runLine, runWords } from './run-line.ts'

interface State {
  /** A run that is to be deleted, if the answer is y. */
  readonly asked: RunEntry | null
  /** Grows when the list has changed on disk. */
  readonly version: number
}

type Change = { readonly type: 'ask'; readonly run: RunEntry } | { readonly type: 'keep' | 'deleted' }

function changed({ version }: State, change: Change): State {
  switch (change.type) {
    case 'ask':
      return { asked: change.run, version }
    case 'keep':
      return { asked: null, version }
    case 'deleted':
      return { asked: null, version: version + 1 }
    default:
      return change satisfies never
  }
}

/** Of what is said about the chosen run, below the list. */
const detailRows = 3

export function ReportsScreen(): ReactNode {
  const { services, screen, shutdown, say } = useApp()
  const { columns, rows } = useBody()
  const { go, visits } = useNavigation()
  const browse = useBrowser()
  const doing = useDoing()
  const [{ asked, version }, change] = useReducer(changed, { asked: null, version: 0 })
  const runs = useLoaded(services.runs, [version, visits])
  const filter = useFilter()
  const all = runs.state === 'ready' ? runs.value : []
  const found = all.filter((run) => filter.matches(...runWords(run)))
  const height = rows - detailRows - 1
  const choice = useChoice(found.length, height)
  const run = found[choice.at]
  const now = new Date()

  const open = async ({ folder }: RunEntry): Promise<void> => {
    say('Reading …')
    const opened = await services.openRun(folder)
    say('')
    go({ name: 'findings', run: opened })
  }
  const openReport = async ({ folder }: RunEntry): Promise<void> => {
    const { report } = await services.openRun(folder)
    await browse(report)
  }
  const remove = async ({ folder }: RunEntry): Promise<void> => {
    await services.deleteRun(folder)
    shutdown.forget(basename(folder))
    change({ type: 'deleted' })
    say(`Deleted ${folder}`)
  }
  const answer: readonly Binding[] = [
    { keys: ['y'], label: 'delete', footer: true, act: () => asked && doing(remove(asked)) },
    { keys: ['n', 'escape', 'q'], label: 'keep', footer: true, act: () => change({ type: 'keep' }) },
  ]
  const when = run !== undefined
  const table: readonly Binding[] = [
    ...choice.bindings,
    { keys: ['return'], label: 'open', help: 'its findings', footer: true, when, act: () => run && doing(open(run)) },
    {
      keys: ['o'],
      label: 'report',
      help: 'open its HTML report in the browser',
      footer: true,
      when: when && run.record !== null,
      act: () => run && doing(openReport(run)),
    },
    {
      keys: ['d'],
      label: 'delete',
      help: 'delete it; asks first',
      footer: true,
      when,
      act: () => run && change({ type: 'ask', run }),
    },
    ...filter.bindings,
  ]
  const below = asked
    ? [`Delete ${asked.folder} with its report? It cannot be undone.`, 'y deletes it, n keeps it.']
    : run
      ? runDetails(run)
      : nothing(runs, all.length)
  return (
    <Frame
      title="Reports"
      right={filter.field || (runs.state === 'ready' ? plural(all.length, 'run') : '…')}
      bindings={asked ? answer : filter.typing ? filter.bindings : table}
    >
      <ChoiceList
        items={found.map((each) => runLine(each, now, columns - 2, screen))}
        choice={choice}
        height={height}
        columns={columns}
      />
      <Row line={signsFor(screen).rule.repeat(columns)} />
      <Lines
        lines={below.flatMap((line) => wrapped(shown(line, screen), { columns })).slice(0, detailRows)}
        height={detailRows}
      />
    </Frame>
  )
}

/** Why there is no run to be chosen. */
function nothing(runs: Loaded<readonly RunEntry[]>, count: number): readonly string[] {
  if (runs.state === 'waiting') return ['Reading the runs below reports/.']
  if (runs.state === 'failed') return [runs.error.message, runs.error.hint]
  return [count === 0 ? 'There are no runs yet. “Compare systems” makes one.' : 'No run has that in it.']
}
