/** Step 1: which questions. */
import type { Dispatch, ReactNode } from 'react'
import { plural } from '../../../../comparison/blocks.ts'
import type { ScenarioEntry } from '../../../../scenario/library.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { useApp, useBody } from '../../app-context.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { signsFor } from '../../widgets/theme.ts'
import { type CompareChange, type CompareState, stepNumber } from './state.ts'
import { brokenLine, scenarioLine } from './words.ts'

export interface ScenariosStepProps {
  /** null: not known yet. */
  readonly entries: readonly ScenarioEntry[] | null
  readonly state: CompareState
  readonly change: Dispatch<CompareChange>
}

/** Of what is said about the pointed scenario. */
const detailRows = 3

export function ScenariosStep({ entries, state, change }: ScenariosStepProps): ReactNode {
  const { screen } = useApp()
  const { columns, rows } = useBody()
  const listed = entries ?? []
  const all = listed.flatMap(({ scenario }) => scenario ?? [])
  const height = rows - detailRows - 1
  const choice = useChoice(listed.length, height)
  const entry = listed[choice.at]
  // What is broken can be read about, and not chosen.
  const pointed = entry?.scenario ?? undefined
  const when = pointed !== undefined
  const go = (): void => {
    if (!pointed) return
    // Nothing marked: the pointed one is meant.
    if (state.scenarios.length === 0) change({ type: 'toggle-scenario', id: pointed.id })
    change({ type: 'forward' })
  }
  const none = entries === null ? 'Reading the scenarios.' : 'There are no scenarios.'
  const about = pointed?.question ?? (entry ? `${entry.file}: ${entry.problem}` : none)
  return (
    <Frame
      title={`Compare · step ${stepNumber('scenarios')} of 3 · scenarios`}
      right={entries === null ? '…' : `${state.scenarios.length} of ${plural(all.length, 'scenario')}`}
      bindings={[
        ...choice.bindings,
        {
          keys: ['space'],
          label: 'mark',
          help: 'mark it, or take the mark away',
          footer: true,
          when,
          act: () => pointed && change({ type: 'toggle-scenario', id: pointed.id }),
        },
        {
          keys: ['a'],
          label: 'all',
          help: 'mark all, or none',
          footer: true,
          when,
          act: () => change({ type: 'all-scenarios', ids: all.map(({ id }) => id) }),
        },
        { keys: ['return', 'right'], label: 'systems', help: 'on to the systems', footer: true, when, act: go },
      ]}
    >
      <ChoiceList
        items={listed.map(({ scenario, ...broken }) =>
          scenario
            ? scenarioLine(scenario, state.scenarios.includes(scenario.id), columns - 2, screen)
            : brokenLine(broken, columns - 2, screen),
        )}
        choice={choice}
        height={height}
        columns={columns}
      />
      <Row line={signsFor(screen).rule.repeat(columns)} />
      <Lines lines={wrapped(shown(about, screen), { columns }).slice(0, detailRows)} height={detailRows} />
    </Frame>
  )
}
