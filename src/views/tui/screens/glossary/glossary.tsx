/** The words, searchable: a list, and below it (beside it, where there is room) what the chosen one means. */
import { Box } from 'ink'
import type { ReactNode } from 'react'
import { glossary } from '../../../glossary/glossary.ts'
import type { Term } from '../../../glossary/term.ts'
import { paint, shown, type TextOptions, wrapped } from '../../../text/style.ts'
import { useBody, useTextOptions } from '../../app-context.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { useFilter } from '../../widgets/filter.ts'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row } from '../../widgets/lines.tsx'
import { signsFor } from '../../widgets/theme.ts'

/** From here on the meaning stands beside the list. */
const wide = 100
const listColumns = 30
/** Rows of the meaning below the list. */
const meaningRows = 7

export function GlossaryScreen(): ReactNode {
  const { columns, rows } = useBody()
  const options = useTextOptions()
  const filter = useFilter()
  const found = glossary.filter(({ name, also, text }) => filter.matches(name, ...also, text))
  const beside = columns >= wide
  const height = beside ? rows : Math.max(3, rows - meaningRows - 1)
  const choice = useChoice(found.length, height)
  const term = found[choice.at]
  const meaning = termLines(term, { ...options, columns: beside ? columns - listColumns - 2 : columns })
  return (
    <Frame
      title="Glossary"
      right={filter.field || `${found.length} words`}
      bindings={filter.typing ? filter.bindings : [...choice.bindings, ...filter.bindings]}
    >
      <Box flexDirection={beside ? 'row' : 'column'}>
        <Box width={beside ? listColumns : columns} marginRight={beside ? 2 : 0}>
          <ChoiceList
            items={found.map(({ name }) => name)}
            choice={choice}
            height={height}
            columns={beside ? listColumns : columns}
          />
        </Box>
        {!beside && <Row line={signsFor(options).rule.repeat(columns)} />}
        <Lines lines={meaning} height={beside ? rows : rows - height - 1} />
      </Box>
    </Frame>
  )
}

function termLines(term: Term | undefined, options: TextOptions): readonly string[] {
  if (!term) return ['No word has that in it.']
  const { name, also, text, see } = term
  const head = also.length === 0 ? '' : ` (${also.join(', ')})`
  return [
    ...wrapped(`${paint(shown(name, options), 'strong', options)}${shown(head, options)}`, options),
    ...wrapped(shown(text, options), options),
    ...wrapped(shown(`See ${see.join(', ')}.`, options), options),
  ]
}
