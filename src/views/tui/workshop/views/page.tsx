/** What is read rather than chosen from: machines, refusals, one person, every address. */
import { Box } from 'ink'
import type { Person } from '../../../../workshop/summary/people.ts'
import type { TextOptions } from '../../../text/style.ts'
import { useTextOptions } from '../../app-context.tsx'
import { Lines, Row, useScroll } from '../../widgets/lines.tsx'
import { addressLines, type HeadAndRows, machinesLines, personLines, refusalLines } from './page-lines.ts'
import type { Seen, ViewOf } from './seen.ts'

/** null where none of them is in front. */
export function usePage(seen: Seen, chosen: Person | undefined): ViewOf | null {
  const options = useTextOptions()
  const page = pageOf(seen, chosen, options)
  const height = seen.height - (page?.head.length ?? 0)
  const { offset, bindings } = useScroll(page?.rows.length ?? 0, height)
  return (
    page && {
      bindings,
      body: (
        <Box flexDirection="column">
          {page.head.map((line, at) => (
            <Row key={at} line={line} />
          ))}
          <Lines lines={page.rows} height={height} offset={offset} />
        </Box>
      ),
    }
  )
}

function pageOf(
  { host, room, labs, state }: Seen,
  chosen: Person | undefined,
  options: TextOptions,
): HeadAndRows | null {
  if (state.asking?.kind === 'addresses') return { head: [], rows: addressLines(host, options) }
  switch (state.view) {
    case 'machines':
      return machinesLines(room, labs, options)
    case 'refusals':
      return refusalLines(host.refusals(), options)
    case 'steps':
      return state.isPersonOpen && chosen ? { head: [], rows: personLines(chosen, labs, options) } : null
    case 'questions':
      return null
    default:
      return state.view satisfies never
  }
}
