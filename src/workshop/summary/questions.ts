/** What a room is asked, in the order of the course: questions whose answers are chosen or counted. */
import type { Lab, Step } from '../../labs/file/lab.ts'
import { fillPlaceholders } from '../../labs/file/placeholders.ts'
import { type Asked, questionsOf } from '../../labs/session/questions.ts'

/** Free text stays with the participant. */
export type ClosedAsked = Exclude<Asked, { readonly kind: 'text' }>

export interface RoomQuestion {
  readonly lab: Lab
  readonly step: Step
  /** Without the role. */
  readonly id: string
  readonly ask: string
  /** One for each role where it is asked about each; otherwise one. Never empty. */
  readonly parts: readonly QuestionPart[]
}

export interface QuestionPart {
  readonly asked: ClosedAsked
  /** `the reverse proxy`; empty where it is asked about no role in particular. */
  readonly subject: string
}

/** Where a question stands, as orders and reports say it. */
export interface QuestionPlace {
  readonly lab: string
  readonly step: string
  readonly question: string
}

export function roomQuestions(labs: readonly Lab[]): readonly RoomQuestion[] {
  return labs.flatMap((lab) => lab.steps.flatMap((step) => questionsIn(lab, step)))
}

/** undefined where no lab of the room has it. */
export function questionAt(labs: readonly Lab[], place: QuestionPlace): RoomQuestion | undefined {
  return roomQuestions(labs).find((each) => isAt(each, place))
}

export function isAt({ lab, step, id }: RoomQuestion, place: QuestionPlace): boolean {
  return lab.id === place.lab && step.id === place.step && id === place.question
}

export function placeOf({ lab, step, id }: RoomQuestion): QuestionPlace {
  return { lab: lab.id, step: step.id, question: id }
}

function questionsIn(lab: Lab, step: Step): readonly RoomQuestion[] {
  const closed = questionsOf(step).filter((asked): asked is ClosedAsked => asked.kind !== 'text')
  const byId = Map.groupBy(closed, ({ key }) => key.split('.')[0]!)
  return [...byId].map(([id, parts]) => ({
    lab,
    step,
    id,
    ask: withRoles(parts[0]!.ask, lab),
    parts: parts.map((asked) => ({ asked, subject: asked.role === null ? '' : roleTitle(lab, asked.role) })),
  }))
}

/** A room has many casts: texts about a role name the role, not the system that plays it on one machine. */
function withRoles(text: string, lab: Lab): string {
  return fillPlaceholders(text, (placeholder) =>
    placeholder.kind === 'role' ? roleTitle(lab, placeholder.role) : undefined,
  )
}

function roleTitle({ roles }: Lab, name: string): string {
  if (name === 'direct') return 'asked directly'
  return roles.find((role) => role.name === name)?.title ?? name
}
