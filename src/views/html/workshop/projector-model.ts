/** What the projector shows, decided from what the host knows: nobody's name, and no outcome before it is revealed. */
import type { Lab, StepType } from '../../../labs/file/lab.ts'
import type { Projected } from '../../../workshop/projector/projector-view.ts'
import { questionAt } from '../../../workshop/summary/questions.ts'
import { type Tally, tallyOf } from '../../../workshop/summary/tally.ts'
import { type TeamScore, teamScores } from '../../../workshop/summary/teams.ts'
import { shownDeeply } from '../embedded.ts'

export interface ProjectorModel {
  readonly title: string
  /** `edgelab join 192.168.1.7:7443 7QF2-M9XK-…`, one for each address of the host’s machine. */
  readonly joinCommands: readonly string[]
  readonly passcode: string
  readonly people: number
  readonly connected: number
  /** What the facilitator said last; empty for nothing. */
  readonly message: string
  /** ISO time. */
  readonly endsAt: string | null
  readonly isOver: boolean
  /** null: how to join is shown large. */
  readonly question: ProjectedQuestion | null
}

export interface ProjectedQuestion {
  /** `Lab 1 · One hop` */
  readonly where: string
  readonly stepType: StepType
  readonly ask: string
  readonly isRevealed: boolean
  readonly tally: Tally
  /** Right answers of each team, where results are shown and teams were chosen. */
  readonly teams: readonly TeamScore[]
}

export function projectorModel({ room, joinLines, passcode }: Projected, labs: readonly Lab[]): ProjectorModel {
  const { workshop, participants, orders } = room
  return shownDeeply({
    title: workshop.title,
    joinCommands: joinLines.map((line) => `edgelab join ${line}`),
    passcode,
    people: participants.length,
    connected: participants.filter(({ isConnected }) => isConnected).length,
    message: orders.message?.text ?? '',
    endsAt: orders.endsAt,
    isOver: orders.isOver,
    question: questionShown(room, labs),
  })
}

function questionShown(room: Projected['room'], labs: readonly Lab[]): ProjectedQuestion | null {
  const { shows, isRevealed } = room.projection
  const question = shows && questionAt(labs, shows)
  if (!question) return null
  const { lab, step, ask } = question
  return {
    where: `Lab ${lab.number} · ${lab.title}`,
    stepType: step.type,
    ask,
    isRevealed,
    tally: tallyOf(room, question, { withOutcomes: isRevealed }),
    teams: isRevealed ? teamScores(room, [question]) : [],
  }
}
