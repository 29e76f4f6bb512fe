/** The facilitator's screen: where everybody is, what was answered, what runs where; and the room in hand by keys. */
import { type ReactNode, useMemo, useReducer, useSyncExternalStore } from 'react'
import type { Lab } from '../../../labs/file/lab.ts'
import type { Host } from '../../../workshop/room/room.ts'
import { withNumbers } from '../../../workshop/summary/names.ts'
import { peopleIn } from '../../../workshop/summary/people.ts'
import { useBody, useScreen } from '../app-context.tsx'
import { useNavigation } from '../navigation.tsx'
import { Frame } from '../widgets/frame.tsx'
import { Lines } from '../widgets/lines.tsx'
import { useTicks } from '../widgets/ticker.ts'
import { changed, freshState } from './facilitator-state.ts'
import { askedLine, askingBindings } from './keys/asking.ts'
import { bindingsFor } from './keys/room-keys.ts'
import { useOrder } from './keys/use-order.ts'
import { joinLinesShown, ordersLine, roomWords, stuckLine, viewsLine } from './top-lines.ts'
import { usePage } from './views/page.tsx'
import { useQuestions } from './views/questions.tsx'
import { useSteps } from './views/steps.tsx'

export interface FacilitatorProps {
  readonly host: Host
  /** Those of the workshop, in their order. */
  readonly labs: readonly Lab[]
  /** Milliseconds, by the host’s clock. */
  readonly clock: () => number
}

export function Facilitator({ host, labs, clock }: FacilitatorProps): ReactNode {
  const screen = useScreen()
  const { columns, rows } = useBody()
  const { quit } = useNavigation()
  const known = useSyncExternalStore(host.subscribe, host.room)
  const [state, change] = useReducer(changed, freshState)
  // What is shown changes by the second, not by the frame.
  useTicks(true)
  const now = Math.floor(clock() / 1000) * 1000
  const room = useMemo(() => (state.hidesNames ? withNumbers(known) : known), [known, state.hidesNames])
  const people = useMemo(() => peopleIn(room, labs, now), [room, labs, now])
  const order = useOrder(host)
  const lab = labs[state.lab]!

  const top = [
    ...joinLinesShown(host, columns, screen),
    ordersLine(room, labs, columns, screen),
    stuckLine(people, columns, screen),
    state.asking ? askedLine(state.asking, columns, screen) : viewsLine(state.view, lab, columns, screen),
  ]
  const seen = { host, room, people, labs, lab, state, height: rows - top.length }
  const steps = useSteps(seen)
  const questions = useQuestions(seen)
  const page = usePage(seen, steps.chosen)
  const front = page ?? (state.view === 'questions' ? questions : steps)
  const keys = { state, change, order, room, labs, lab, question: questions.chosen, person: steps.chosen, quit, now }
  const bindings = state.asking ? askingBindings(state.asking, keys) : [...front.bindings, ...bindingsFor(keys)]
  return (
    <Frame title={`Workshop · ${room.workshop.title}`} right={roomWords(room, now)} bindings={bindings}>
      <Lines lines={top} height={top.length} />
      {front.body}
    </Frame>
  )
}
