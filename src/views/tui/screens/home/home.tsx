/** The first screen: it is drawn before anything is known, and what becomes known fills its places. */
import { Box } from 'ink'
import type { ReactNode } from 'react'
import { shown, wrapped } from '../../../text/style.ts'
import { question } from '../../../words/question.ts'
import { useBody, useScreen, useServices } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { useLoaded } from '../../widgets/loaded.ts'
import { column, fitted } from '../../widgets/theme.ts'
import { useBinaries } from '../../widgets/use-binaries.ts'
import { homeEntries, runtimeWords } from './entries.ts'

/** Of the labels' column. */
const labelColumns = 23

export function HomeScreen(): ReactNode {
  const services = useServices()
  const screen = useScreen()
  const { columns, rows } = useBody()
  const { go, quit, visits } = useNavigation()
  // Asked again whenever a screen has been left: a lab has gone on, a run has been added, an engine was started.
  const { come, fetching } = useBinaries()
  const surroundings = useLoaded(services.surroundings, [visits, come])
  const known = {
    labs: useLoaded(services.labs, [visits]),
    scenarios: useLoaded(services.scenarios),
    runs: useLoaded(services.runs, [visits]),
    surroundings,
    fetching,
  }
  const entries = homeEntries(known, new Date())
  const choice = useChoice(entries.length, entries.length)
  const chosen = entries[choice.at]!
  const asked = wrapped(question, { columns })
  const moreRows = Math.max(0, rows - asked.length - entries.length - 2)
  const more = chosen.more.flatMap((paragraph) => wrapped(shown(paragraph, screen), { columns: columns - 2 }, 0))
  const open = (): void => (chosen.route ? go(chosen.route) : quit())
  return (
    <Frame
      title="EdgeLab"
      right={runtimeWords(surroundings)}
      bindings={[
        ...choice.bindings,
        { keys: ['return'], label: 'open', footer: true, act: open },
        { keys: ['l'], label: 'labs', help: 'every lab of the course', footer: true, act: () => go({ name: 'labs' }) },
        { keys: ['w'], label: 'words', help: 'the glossary', act: () => go({ name: 'glossary' }) },
      ]}
    >
      {asked.map((line) => (
        <Row key={line} line={line} />
      ))}
      <Row line="" />
      <ChoiceList
        items={entries.map(({ label, detail }) => {
          const room = columns - 2 - labelColumns
          return `${column(label, labelColumns, screen)}${fitted(detail, room, screen)}`
        })}
        choice={choice}
        height={entries.length}
        columns={columns}
      />
      <Row line="" />
      <Box paddingLeft={2}>
        <Lines lines={more.slice(0, moreRows)} height={moreRows} />
      </Box>
    </Frame>
  )
}
