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
  /** A run that waits for another to be compared with. */
  readonly marked: RunEntry | null
  /** Grows when the list has changed on disk. */
  readonly version: number
}

type Change =
  | { readonly type: 'ask' | 'mark'; readonly run: RunEntry }
  | { readonly type: 'keep' | 'unmark' | 'deleted' }

function changed(state: State, change: Change): State {
  switch (change.type) {
    case 'ask':
      return { ...state, asked: change.run }
    case 'keep':
      return { ...state, asked: null }
    case 'mark':
      return { ...state, marked: change.run }
    case 'unmark':
      return { ...state, marked: null }
    case 'deleted':
      return { asked: null, marked: null, version: state.version + 1 }
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
  const [{ asked, marked, version }, change] = useReducer(changed, { asked: null, marked: null, version: 0 })
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
  const compare = async (one: RunEntry, other: RunEntry): Promise<void> => {
    say('Reading …')
    const comparison = await services.compareRuns(one.folder, other.folder).finally(() => say(''))
    change({ type: 'unmark' })
    go({ name: 'comparison', comparison })
  }
  /** The first press marks a run, the second compares it; on the marked one it takes the mark away. */
  const mark = (pressed: RunEntry): void => {
    if (!marked) change({ type: 'mark', run: pressed })
    else if (marked.folder === pressed.folder) change({ type: 'unmark' })
    else doing(compare(marked, pressed))
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
      keys: ['c'],
      label: 'compare',
      help: 'compare it with another run: press c on both',
      footer: true,
      when: when && run.record !== null,
      act: () => run && mark(run),
    },
    {
      keys: ['d'],
      label: 'delete',
      help: 'delete it; asks first',
      when,
      act: () => run && change({ type: 'ask', run }),
    },
    ...filter.bindings,
  ]
  const below = asked
    ? [`Delete ${asked.folder} with its report? It cannot be undone.`, 'y deletes it, n keeps it.']
    : run
      ? marked
        ? [`${basename(marked.folder)} is marked: press c on the run to compare it with.`, ...runDetails(run)]
        : runDetails(run)
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
