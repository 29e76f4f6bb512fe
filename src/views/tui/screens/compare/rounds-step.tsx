/** Step 3: how many rounds, and what that takes. */
import type { Dispatch, ReactNode } from 'react'
import { list } from '../../../../comparison/blocks.ts'
import { maxRounds, type Scenario } from '../../../../scenario/scenario.ts'
import type { RunChoice } from '../../../services.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { useApp, useBody } from '../../app-context.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { column, fitted } from '../../widgets/theme.ts'
import { type CompareChange, type CompareState, stepNumber } from './state.ts'
import { roundsOptions } from './words.ts'

export interface RoundsStepProps {
  readonly scenarios: readonly Scenario[]
  readonly state: CompareState
  readonly change: Dispatch<CompareChange>
  readonly remembered: RunChoice['rounds']
  readonly start: (rounds: RunChoice['rounds']) => void
}

const digits = [...'0123456789']
/** Place of the user's own number among the options. */
const own = 2
const labelColumns = 15

export function RoundsStep({ scenarios, state, change, remembered, start }: RoundsStepProps): ReactNode {
  const { screen, say } = useApp()
  const { columns, rows } = useBody()
  const typed = state.ownRounds || (typeof remembered === 'number' ? String(remembered) : '')
  const options = roundsOptions(scenarios, state.systems, typed)
  const before = typeof remembered === 'number' || state.ownRounds !== '' ? own : remembered === 'quick' ? 0 : 1
  const choice = useChoice(options.length, options.length, before)
  const chosen = options[choice.at]!
  const go = (): void => (chosen.rounds === 0 ? say(`Type how many rounds, 1 to ${maxRounds}.`) : start(chosen.rounds))
  const about = [
    `Scenarios: ${list(state.scenarios)}.`,
    `Systems: ${list(state.systems)}.`,
    'In each round every system gets the same traffic, in turns. More rounds, narrower intervals.',
  ]
  const paragraphs = about.flatMap((text) => wrapped(shown(text, screen), { columns }))
  return (
    <Frame
      title={`Compare · step ${stepNumber('rounds')} of 3 · rounds`}
      bindings={[
        ...choice.bindings,
        {
          keys: digits,
          label: 'number',
          help: `a number of your own, 1 to ${maxRounds}`,
          act: (digit) => {
            choice.choose(own)
            change({ type: 'digit', digit })
          },
        },
        {
          keys: ['backspace'],
          label: 'erase',
          help: 'take the last digit away',
          when: state.ownRounds !== '',
          act: () => change({ type: 'erase' }),
        },
        { keys: ['return', 'r'], label: 'run', help: 'run it', footer: true, act: go },
        {
          keys: ['escape', 'left'],
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
