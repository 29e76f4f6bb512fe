/** The keys by which the facilitator holds the room. */
import type { Lab } from '../../../../labs/file/lab.ts'
import type { Room } from '../../../../workshop/room/room.ts'
import type { Person } from '../../../../workshop/summary/people.ts'
import { placeOf, type RoomQuestion } from '../../../../workshop/summary/questions.ts'
import type { Binding } from '../../keys/keys.tsx'
import { type Change, type FacilitatorState, views } from '../facilitator-state.ts'
import type { Order } from './use-order.ts'

export interface RoomKeys {
  readonly state: FacilitatorState
  readonly change: (change: Change) => void
  readonly order: Order
  readonly room: Room
  readonly labs: readonly Lab[]
  /** The one that is looked at. */
  readonly lab: Lab
  /** The chosen one; null: how to join. */
  readonly question: RoomQuestion | null
  /** The chosen one; undefined where nobody is there. */
  readonly person: Person | undefined
  readonly quit: () => void
}

export function bindingsFor(keys: RoomKeys): readonly Binding[] {
  const { state, change, room, quit } = keys
  const { isOver } = room.orders
  return [
    ...viewKeys(keys),
    ...orderKeys(keys),
    { keys: ['n'], label: 'names', help: 'hide names, or show them again', act: () => change({ type: 'names' }) },
    {
      keys: ['s'],
      label: 'stuck first',
      help: 'list who is stuck first, or everybody as they joined',
      when: state.view === 'steps',
      act: () => change({ type: 'sort' }),
    },
    {
      keys: ['a'],
      label: 'addresses',
      help: 'every address, the passcode, and the projector page',
      act: () => change({ type: 'ask', asking: { kind: 'addresses' } }),
    },
    {
      keys: ['q'],
      label: 'leave',
      help: 'leave; what participants do is kept, and the host goes on when it is started again',
      footer: true,
      act: isOver ? quit : () => change({ type: 'ask', asking: { kind: 'leave' } }),
    },
  ]
}

function viewKeys({ state, change, order, labs, lab, question }: RoomKeys): readonly Binding[] {
  const isSteps = state.view === 'steps' && !state.isPersonOpen
  const step = (by: 1 | -1) => () => change({ type: 'step', by, of: lab.steps.length })
  const otherLab = (by: 1 | -1) => () => change({ type: 'lab', by, of: labs.length })
  const next = views[(views.indexOf(state.view) + 1) % views.length]!
  const show = (): void =>
    order(
      { show: question ? placeOf(question) : null },
      question ? 'The projector shows it, its results hidden; v reveals them.' : 'The projector shows how to join.',
    )
  return [
    { keys: ['left'], label: 'step', help: 'to the step before', footer: true, when: isSteps, act: step(-1) },
    { keys: ['right'], label: 'step', help: 'to the next step', footer: true, when: isSteps, act: step(1) },
    {
      keys: ['return'],
      label: 'person',
      help: 'all about this person, or back',
      footer: true,
      when: state.view === 'steps',
      act: () => change({ type: 'person' }),
    },
    {
      keys: ['escape'],
      label: 'back',
      help: 'back to everybody',
      when: state.isPersonOpen,
      act: () => change({ type: 'person' }),
    },
    {
      keys: ['return'],
      label: 'project it',
      help: 'put this on the projector',
      footer: true,
      when: state.view === 'questions',
      act: show,
    },
    { keys: ['['], label: 'lab', help: 'the lab before', when: isSteps && labs.length > 1, act: otherLab(-1) },
    { keys: [']'], label: 'lab', help: 'the next lab', when: isSteps && labs.length > 1, act: otherLab(1) },
    {
      keys: ['tab'],
      label: 'view',
      help: 'the next view',
      footer: true,
      act: () => change({ type: 'view', view: next }),
    },
    ...views.map(
      (view, at): Binding => ({
        keys: [String(at + 1)],
        label: view,
        help: `view ${view}`,
        act: () => change({ type: 'view', view }),
      }),
    ),
  ]
}

function orderKeys({ state, change, order, room, lab, person }: RoomKeys): readonly Binding[] {
  const { pauseAt, isOver } = room.orders
  const { shows, isRevealed } = room.projection
  const step = lab.steps[state.step]!
  return [
    {
      keys: ['p'],
      label: 'pause',
      help: 'nobody goes beyond the chosen step until it is released',
      footer: true,
      when: state.view === 'steps' && !isOver,
      act: () =>
        order(
          { pauseAt: { lab: lab.id, step: step.id } },
          `Everybody pauses after step ${state.step + 1}, ${step.title}.`,
        ),
    },
    {
      keys: ['r'],
      label: 'release',
      help: 'everybody goes on',
      footer: true,
      when: pauseAt !== null && !isOver,
      act: () => order({ pauseAt: null }, 'Released: everybody goes on.'),
    },
    {
      keys: ['v'],
      label: isRevealed ? 'hide results' : 'reveal',
      help: isRevealed ? 'hide the results on the projector' : 'show the room’s results on the projector',
      footer: true,
      when: shows !== null,
      act: () => order({ reveal: !isRevealed }, isRevealed ? 'Results are hidden.' : 'Results are shown.'),
    },
    {
      keys: ['m'],
      label: 'say',
      help: 'say something to everybody',
      footer: true,
      when: !isOver,
      act: () => change({ type: 'ask', asking: { kind: 'say', text: '' } }),
    },
    {
      keys: ['e'],
      label: 'end time',
      help: 'set when it ends, or that it does not',
      when: !isOver,
      act: () => change({ type: 'ask', asking: { kind: 'ends', text: '' } }),
    },
    {
      keys: ['d'],
      label: 'remove',
      help: 'remove the chosen person from the workshop, with all answers; asks first',
      when: state.view === 'steps' && !state.isPersonOpen && person !== undefined && !isOver,
      act: () => {
        if (person) change({ type: 'ask', asking: { kind: 'remove', ...chosen(person) } })
      },
    },
    {
      keys: ['x'],
      label: 'end',
      help: 'end the workshop; asks first',
      when: !isOver,
      act: () => change({ type: 'ask', asking: { kind: 'end' } }),
    },
  ]
}

function chosen({ participant: { id, name } }: Person): { readonly participant: string; readonly name: string } {
  return { participant: id, name }
}
