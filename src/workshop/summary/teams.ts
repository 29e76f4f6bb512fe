/** Each person, and teams held against each other. */
import type { Lab } from '../../labs/file/lab.ts'
import { type Team, teams } from '../protocol/messages.ts'
import type { Participant, Room } from '../room/room.ts'
import { type Answer, answersTo } from './answers.ts'
import { median, tookMs } from './pace.ts'
import { type RoomQuestion, roomQuestions } from './questions.ts'
import { type Score, scoreOf } from './score.ts'

export interface PersonResult extends Score {
  readonly name: string
  readonly team: Team | null
  readonly stepsDone: number
  readonly stepsSkipped: number
  readonly hints: number
  /** In all steps that were finished without skipping. */
  readonly tookMs: number
}

export interface TeamScore extends Score {
  readonly team: Team
}

export interface TeamResult extends TeamScore {
  readonly people: number
  /** Of its people: the median. */
  readonly stepsDone: number
  /** Opened by all together. */
  readonly hints: number
  /** Of its people: the median of the time in finished steps. */
  readonly tookMs: number
}

export function personResults(room: Room, labs: readonly Lab[]): readonly PersonResult[] {
  const answers = Map.groupBy(answersOf(room, roomQuestions(labs)), ({ participant }) => participant.id)
  return room.participants.map((participant) => ({
    ...scoreOf(answers.get(participant.id) ?? []),
    name: participant.name,
    team: participant.team,
    ...workOf(participant),
  }))
}

/** Teams differ in size: shares and medians can be compared, sums cannot. */
export function teamResults(room: Room, labs: readonly Lab[]): readonly TeamResult[] {
  return teamScores(room, roomQuestions(labs)).map((score) => {
    const people = room.participants.filter(({ team }) => team === score.team).map(workOf)
    const middle = (of: (person: (typeof people)[number]) => number): number =>
      median(people.map(of).sort((a, b) => a - b))
    return {
      ...score,
      people: people.length,
      stepsDone: middle(({ stepsDone }) => stepsDone),
      hints: people.reduce((sum, { hints }) => sum + hints, 0),
      tookMs: middle((person) => person.tookMs),
    }
  })
}

/** How each team that somebody chose answered these questions. */
export function teamScores(room: Room, questions: readonly RoomQuestion[]): readonly TeamScore[] {
  const answers = Map.groupBy(answersOf(room, questions), ({ participant }) => participant.team)
  return teams
    .filter((team) => room.participants.some((each) => each.team === team))
    .map((team) => ({ ...scoreOf(answers.get(team) ?? []), team }))
}

function answersOf(room: Room, questions: readonly RoomQuestion[]): readonly Answer[] {
  return questions.flatMap((question) => question.parts.flatMap((part) => answersTo(room, question, part)))
}

function workOf({ reports }: Participant): Pick<PersonResult, 'stepsDone' | 'stepsSkipped' | 'hints' | 'tookMs'> {
  const all = Object.values(reports)
  return {
    stepsDone: all.filter(({ done, skipped }) => done && !skipped).length,
    stepsSkipped: all.filter(({ skipped }) => skipped).length,
    hints: all.reduce((sum, { hints }) => sum + hints, 0),
    tookMs: all.reduce((sum, report) => sum + (tookMs(report) ?? 0), 0),
  }
}
