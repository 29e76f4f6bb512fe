/** Step 3: how sure the run is to be, and what that takes. */
import type { Dispatch, ReactNode } from 'react'
import { list } from '../../../../comparison/blocks.ts'
import { type Effort, efforts } from '../../../../measurement/slices/slice-record.ts'
import type { Scenario } from '../../../../scenario/scenario.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { effortOptions, waysInWords } from '../../../words/effort-words.ts'
import { useBody, useScreen } from '../../app-context.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { column, fitted } from '../../widgets/theme.ts'
import { type CompareChange, type CompareState, stepNumber } from './state.ts'

export interface EffortStepProps {
  readonly scenarios: readonly Scenario[]
  readonly state: CompareState
  readonly change: Dispatch<CompareChange>
  readonly remembered: Effort
  readonly start: (effort: Effort) => void
}

const labelColumns = 16

export function EffortStep({ scenarios, state, change, remembered, start }: EffortStepProps): ReactNode {
  const screen = useScreen()
  const { columns, rows } = useBody()
  const options = effortOptions(scenarios, state.systems.length)
  const choice = useChoice(options.length, options.length, efforts.indexOf(remembered))
  const about = [`Scenarios: ${list(state.scenarios)}.`, `Systems: ${list(state.systems)}.`, ...waysInWords(scenarios)]
  const paragraphs = about.flatMap((text) => wrapped(shown(text, screen), { columns }))
  return (
    <Frame
      title={`Compare · step ${stepNumber('effort')} of 3 · how sure`}
      bindings={[
        ...choice.bindings,
        {
          keys: ['return', 'r'],
          label: 'run',
          help: 'run it',
          footer: true,
          act: () => start(options[choice.at]!.effort),
        },
        {
          keys: ['escape', 'q', 'left'],
          label: 'step back',
          help: 'to the systems',
          footer: true,
          act: () => change({ type: 'back' }),
        },
      ]}
    >
      <ChoiceList
        items={options.map(
          ({ label, detail }) =>
            column(label, labelColumns, screen) + fitted(detail, columns - 2 - labelColumns, screen),
        )}
        choice={choice}
        height={options.length}
        columns={columns}
      />
      <Row line="" />
      <Lines lines={paragraphs} height={rows - options.length - 1} />
    </Frame>
  )
}
