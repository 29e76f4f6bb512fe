/** Steps × people. */
import { Box } from 'ink'
import { gridOf } from '../../../../workshop/summary/grid.ts'
import { type Person, stuckAmong } from '../../../../workshop/summary/people.ts'
import { useBody, useScreen } from '../../app-context.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Row } from '../../widgets/lines.tsx'
import { fitted } from '../../widgets/theme.ts'
import type { Seen, ViewOf } from './seen.ts'
import { legendLine, stepLine, stepsLines } from './steps-lines.ts'

/** `chosen`: undefined where nobody is there. */
export function useSteps({ room, people, lab, state, height }: Seen): ViewOf & { readonly chosen: Person | undefined } {
  const screen = useScreen()
  const { columns } = useBody()
  const inOrder = state.stuckFirst
    ? [...stuckAmong(people), ...people.filter((each) => each.state !== 'stuck')]
    : people
  const rows = gridOf(inOrder, lab)
  const { head, rows: items } = stepsLines(rows, room, lab, { columns, step: state.step, screen })
  const listHeight = Math.max(2, height - head.length - 2)
  const choice = useChoice(rows.length, listHeight)
  return {
    chosen: inOrder[choice.at],
    bindings: choice.bindings,
    body: (
      <Box flexDirection="column">
        {head.map((line, at) => (
          <Row key={at} line={line} />
        ))}
        <ChoiceList {...{ items, choice, columns }} height={listHeight} />
        <Row line={fitted(stepLine(room, lab, state.step, rows), columns, screen)} />
        <Row line={legendLine(screen)} />
      </Box>
    ),
  }
}
