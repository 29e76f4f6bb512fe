/** Step 1: which questions. */
import type { Dispatch, ReactNode } from 'react'
import { plural } from '../../../../comparison/blocks.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { useApp, useBody } from '../../app-context.tsx'
import { ChoiceList, useChoice } from '../../choice-list.tsx'
import { Frame } from '../../frame.tsx'
import { Lines, Row } from '../../lines.tsx'
import { signsFor } from '../../theme.ts'
import { type CompareChange, type CompareState, stepNumber } from './state.ts'
import { scenarioLine } from './words.ts'

export interface ScenariosStepProps {
  /** null: not known yet. */
  readonly scenarios: readonly Scenario[] | null
  readonly state: CompareState
  readonly change: Dispatch<CompareChange>
}

/** Of what is said about the pointed scenario. */
const detailRows = 3

export function ScenariosStep({ scenarios, state, change }: ScenariosStepProps): ReactNode {
  const { screen } = useApp()
  const { columns, rows } = useBody()
  const all = scenarios ?? []
  const height = rows - detailRows - 1
  const choice = useChoice(all.length, height)
  const pointed = all[choice.at]
  const when = pointed !== undefined
  const go = (): void => {
    if (!pointed) return
    // Nothing marked: the pointed one is meant.
    if (state.scenarios.length === 0) change({ type: 'toggle-scenario', id: pointed.id })
    change({ type: 'forward' })
  }
  const about = pointed ? pointed.question : scenarios === null ? 'Reading the scenarios.' : 'There are no scenarios.'
  return (
    <Frame
      title={`Compare · step ${stepNumber('scenarios')} of 3 · scenarios`}
      right={scenarios === null ? '…' : `${state.scenarios.length} of ${plural(all.length, 'scenario')}`}
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
        items={all.map((each) => scenarioLine(each, state.scenarios.includes(each.id), columns - 2, screen))}
        choice={choice}
        height={height}
        columns={columns}
      />
      <Row line={signsFor(screen).rule.repeat(columns)} />
      <Lines lines={wrapped(shown(about, screen), { columns }).slice(0, detailRows)} height={detailRows} />
    </Frame>
  )
}
