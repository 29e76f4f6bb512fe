/** What the projector can show, and what was answered to the chosen question. */
import { Box } from 'ink'
import { useMemo } from 'react'
import { type RoomQuestion, roomQuestions } from '../../../../workshop/summary/questions.ts'
import { useTextOptions } from '../../app-context.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Lines } from '../../widgets/lines.tsx'
import { questionLine, questionLines } from './questions-lines.ts'
import type { Seen, ViewOf } from './seen.ts'

/** `chosen`: null is how to join. */
export function useQuestions({ room, labs, state, height }: Seen): ViewOf & { readonly chosen: RoomQuestion | null } {
  const options = useTextOptions()
  const questions = useMemo(() => [null, ...roomQuestions(labs)], [labs])
  const listHeight = Math.max(3, Math.min(questions.length, Math.floor(height * 0.45)))
  const choice = useChoice(questions.length, listHeight)
  const chosen = questions[choice.at] ?? null
  const isShown = state.view === 'questions'
  return {
    chosen,
    bindings: choice.bindings,
    body: isShown && (
      <Box flexDirection="column">
        <ChoiceList
          items={questions.map((each) => questionLine(room, each, options))}
          choice={choice}
          height={listHeight}
          columns={options.columns}
        />
        <Lines lines={['', ...questionLines(room, chosen, options)]} height={height - listHeight} />
      </Box>
    ),
  }
}
