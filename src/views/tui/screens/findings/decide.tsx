/** Which one do I need: a few questions on one screen, then the decision that they and the run come to. */
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { decide } from '../../../../comparison/findings/choice/decision/decide.ts'
import { decisionDocument } from '../../../../comparison/findings/choice/decision/document.ts'
import type { Priorities } from '../../../../comparison/findings/choice/decision/priorities.ts'
import { EdgeLabError } from '../../../../errors.ts'
import { usualTerms } from '../../../../prices/terms.ts'
import type { FinishedRun } from '../../../services.ts'
import { decisionLines } from '../../../text/summary/decision.ts'
import { firstPriorities, questionsOf, turned } from '../../../words/decision-questions.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import { useDoing } from '../../doing.ts'
import type { Binding } from '../../keys/keys.tsx'
import { useNavigation } from '../../navigation.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, useScroll } from '../../widgets/lines.tsx'
import { useLoaded } from '../../widgets/loaded.ts'

export function DecideScreen({ run }: { readonly run: FinishedRun }): ReactNode {
  const { services } = useApp()
  const { fail } = useNavigation()
  const last = useLoaded(services.lastPriorities)
  const [own, answer] = useState<Priorities | null>(null)
  const [decided, show] = useState(false)
  const priorities = own ?? (last.state === 'ready' ? last.value : null) ?? firstPriorities
  // Every answer is kept as it is given: leaving loses none. One that cannot be kept is asked again next time.
  useEffect(() => {
    if (own) services.rememberPriorities(own).catch((error: unknown) => error instanceof EdgeLabError || fail(error))
  }, [own])
  return decided ? (
    <DecisionPage run={run} priorities={priorities} back={() => show(false)} />
  ) : (
    <Questions priorities={priorities} answer={answer} decide={() => show(true)} />
  )
}

interface QuestionsProps {
  readonly priorities: Priorities
  readonly answer: (priorities: Priorities) => void
  readonly decide: () => void
}

function Questions({ priorities, answer, decide: show }: QuestionsProps): ReactNode {
  const { say } = useApp()
  const { columns, rows } = useBody()
  const questions = questionsOf(priorities)
  const choice = useChoice(questions.length, rows)
  const pointed = questions[choice.at]!
  const width = Math.max(...questions.map(({ asked }) => asked.length)) + 2
  const bindings: readonly Binding[] = [
    ...choice.bindings,
    {
      keys: ['right', 'space'],
      label: 'answer',
      help: 'the next answer to this question',
      footer: true,
      act: () => answer(turned(pointed, 1)),
    },
    { keys: ['left'], label: 'answer before', act: () => answer(turned(pointed, -1)) },
    {
      keys: ['return'],
      label: 'decide',
      help: 'what these answers and the run come to',
      footer: true,
      act: () => (priorities.must.length > 0 ? show() : say('Something has to be a must.')),
    },
  ]
  return (
    <Frame title="Which one do I need?" right={columns < 78 ? '' : 'your priorities'} bindings={bindings}>
      <ChoiceList
        items={questions.map(({ asked, givenWords }) => `${asked.padEnd(width)}${givenWords}`)}
        choice={choice}
        height={rows}
        columns={columns}
      />
    </Frame>
  )
}

interface DecisionPageProps {
  readonly run: FinishedRun
  readonly priorities: Priorities
  readonly back: () => void
}

function DecisionPage({ run, priorities, back }: DecisionPageProps): ReactNode {
  const { services, say } = useApp()
  const doing = useDoing()
  const { rows } = useBody()
  const text = useTextOptions()
  const { record } = run.model
  const lines = useMemo(
    () => decisionLines(decisionDocument(record, decide(record, priorities, usualTerms), usualTerms), text),
    [record, priorities, text.columns, text.color, text.unicode],
  )
  const scroll = useScroll(lines.length, rows)
  const keep = async (): Promise<void> => {
    const files = await services.keepDecision(run.folder, priorities)
    say(`Written: ${files.join(', ')}`)
  }
  const bindings: readonly Binding[] = [
    ...scroll.bindings,
    {
      keys: ['w'],
      label: 'write',
      help: 'as Markdown and HTML beside the run, with the priorities',
      footer: true,
      act: () => doing(keep()),
    },
    { keys: ['escape', 'left', 'q'], label: 'questions', help: 'back to the questions', footer: true, act: back },
  ]
  return (
    <Frame title="Decision" right={record.id} bindings={bindings}>
      <Lines lines={lines} height={rows} offset={scroll.offset} />
    </Frame>
  )
}
