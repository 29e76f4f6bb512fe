/** What a run found: a tab for each question, the answer first, then what it rests on. */
import { type ReactNode, useMemo, useReducer } from 'react'
import { gradeOf } from '../../../../comparison/grade.ts'
import { curlOf } from '../../../evidence/curl.ts'
import { looksOf } from '../../../evidence/looks.ts'
import type { FinishedRun } from '../../../services.ts'
import { systemsOfRun } from '../../../words/conditions.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import { useDoing } from '../../doing.ts'
import type { Binding } from '../../keys/keys.tsx'
import { useNavigation } from '../../navigation.tsx'
import { useBrowser } from '../../terminal/browser.ts'
import { useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row, useScroll } from '../../widgets/lines.tsx'
import { windowAt } from '../../widgets/window.ts'
import { findingsAtFirst, findingsReducer } from './findings-state.ts'
import { pageSections } from './pages.ts'
import { PinList, pinListHeight } from './pin-list.tsx'
import { laidOut, sectionInView } from './section.ts'
import { tabBarLine } from './tab-bar.ts'
import { findingOf, scenarioShown, type Tab, tabAfterKey, tabKey, tabKeys, tabsOf } from './tabs.ts'

export function FindingsScreen({ run }: { readonly run: FinishedRun }): ReactNode {
  const { screen, copy } = useApp()
  const { go } = useNavigation()
  const browse = useBrowser()
  const doing = useDoing()
  const { columns, rows } = useBody()
  const text = useTextOptions()
  const { model, folder, report } = run
  const [state, act] = useReducer(findingsReducer, findingsAtFirst)
  const tabs = useMemo(() => tabsOf(model), [model])
  const grade = useMemo(() => gradeOf(model.record), [model])
  const looks = useMemo(() => looksOf(model.record), [model])
  const labels = useMemo(() => systemsOfRun(model.record).map(({ label }) => label), [model])
  const tab = tabs.find(({ id }) => id === state.tab) ?? (tabs[0] as Tab)
  const scenario = scenarioShown(tab, state.scenario)
  const doubtful = findingOf(model, tab.id, scenario)?.doubtful !== undefined
  const height = rows - 1
  const { pinned, unfolded, pinning } = state
  const sections = useMemo(() => {
    const choice = { tab: tab.id, scenario, pins: { all: labels, pinned }, folder }
    return pageSections(model, choice, { ...text, chartRows: chartRows(rows), looks, unfolded })
  }, [model, folder, labels, looks, tab, scenario, pinned, unfolded, text.columns, text.color, text.unicode, rows])
  const { lines } = useMemo(() => laidOut(sections), [sections])
  const scroll = useScroll(lines.length, height)
  const choice = useChoice(labels.length, pinListHeight(rows))

  const view = windowAt(lines.length, height, scroll.offset)
  const foldable = sectionInView(sections, view.from, view.count, ({ folds }) => folds)
  const asked = sectionInView(sections, view.from, view.count, ({ sent }) => sent !== undefined)
  const open = (to: Tab | undefined) => (): void => {
    if (!to) return
    act({ type: 'tab', tab: to.id })
    scroll.toTop()
  }
  const neighbour = (by: number): Tab | undefined => tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]
  const goTo = (by: number) => (): void => {
    const at = tab.scenarios.indexOf(scenario ?? '')
    const to = tab.scenarios[(at + by + tab.scenarios.length) % tab.scenarios.length]
    if (to === undefined) return
    act({ type: 'scenario', scenario: to })
    scroll.toTop()
  }
  const several = tab.scenarios.length > 1
  const step = (by: number): (() => void) => {
    const next = tab.scenarios.indexOf(scenario ?? '') + by
    return next in tab.scenarios ? goTo(by) : open(neighbour(by))
  }
  const bindings: readonly Binding[] = [
    { keys: ['tab', ']'], label: 'next', help: 'the next tab', footer: true, act: open(neighbour(1)) },
    { keys: ['shift+tab', '['], label: 'previous tab', act: open(neighbour(-1)) },
    ...tabKeys.slice(0, tabs.length).map((key): Binding => {
      const own = tabs.filter((_, at) => tabKey(at) === key)
      return { keys: [key], label: own.map(({ title }) => title).join(', '), act: open(tabAfterKey(tabs, key, tab.id)) }
    }),
    ...scroll.bindings,
    { keys: ['s'], label: 'scenario', help: 'the next scenario', footer: true, when: several, act: goTo(1) },
    { keys: ['right'], label: 'on', help: 'the next scenario, after the last one the next tab', act: step(1) },
    { keys: ['left'], label: 'back', help: 'the scenario before, before the first one the tab before', act: step(-1) },
    {
      keys: ['p'],
      label: 'pin',
      help: 'compare two systems everywhere',
      footer: true,
      when: labels.length > 2,
      act: () => act({ type: 'pinning', open: true }),
    },
    {
      keys: ['e'],
      label: foldable && unfolded.has(foldable.key) ? 'less' : 'more',
      help: 'whole bodies, or their beginning',
      footer: true,
      when: foldable !== undefined,
      act: () => foldable && act({ type: 'fold', key: foldable.key }),
    },
    {
      keys: ['y'],
      label: 'curl',
      help: 'copy the request shown as a curl command',
      footer: true,
      when: asked !== undefined,
      act: () => asked?.sent && copy(curlOf(asked.sent), 'The request'),
    },
    {
      keys: ['o'],
      label: 'report',
      help: 'open the report in the browser',
      footer: true,
      act: () => doing(browse(report)),
    },
    {
      keys: ['d'],
      label: 'decide',
      help: 'which one do you need: from your priorities and this run',
      footer: true,
      act: () => go({ name: 'decide', run }),
    },
  ]
  const close = (): void => act({ type: 'pinning', open: false })
  const chosen = labels[choice.at]
  const pinBindings: readonly Binding[] = [
    ...choice.bindings,
    {
      keys: ['return', 'space'],
      label: chosen !== undefined && pinned.includes(chosen) ? 'let go' : 'pin',
      footer: true,
      act: () => chosen !== undefined && act({ type: 'pin', label: chosen }),
    },
    { keys: ['x'], label: 'all', help: 'show all systems again', footer: true, act: () => act({ type: 'unpin' }) },
    { keys: ['p', 'q', 'escape'], label: 'done', help: 'back to the findings', footer: true, act: close },
  ]
  const where = [
    ...(scenario === null
      ? []
      : [several ? `${scenario} (${tab.scenarios.indexOf(scenario) + 1} of ${tab.scenarios.length})` : scenario]),
    ...(pinned.length === 0 ? [] : [`only ${pinned.join(', ')}`]),
    ...(model.record.partial ? ['partial run'] : []),
    ...(doubtful ? ['doubtful'] : []),
    ...(grade.kind === 'look' && tab.id !== 'verdict' ? [columns < 78 ? 'a look' : grade.short] : []),
  ].join(' · ')
  return (
    <Frame
      title={
        columns < 78 ? 'Findings' : `Findings · ${model.record.scenarios.map((each) => each.scenario.id).join(', ')}`
      }
      right={where}
      bindings={pinning ? pinBindings : bindings}
    >
      {pinning ? (
        <PinList labels={labels} pinned={pinned} choice={choice} />
      ) : (
        <>
          <Row line={tabBarLine(tabs, tab.id, columns, screen)} />
          <Lines lines={lines} height={height} offset={scroll.offset} />
        </>
      )}
    </Frame>
  )
}

/** As high as leaves room for the axes and the sentence on the same screen. */
function chartRows(rows: number): number {
  return Math.max(5, Math.min(14, rows - 8))
}
