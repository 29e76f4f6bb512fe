import { expect, test } from 'vitest'
import { answersTo } from '../../../src/workshop/summary/answers.ts'
import { questionAt, roomQuestions } from '../../../src/workshop/summary/questions.ts'
import { type Tally, tallyOf } from '../../../src/workshop/summary/tally.ts'
import { guesser, labs, person, reportsOf, roomOf } from '../sample-room.ts'

const question = (id: string, step = 'guess') => questionAt(labs, { lab: 'one-hop', step, question: id })!
const counts = ({ parts }: Tally): readonly (readonly [string, number, number])[] =>
  parts.flatMap(({ bins }) => bins.map(({ label, answers, outcomes }) => [label, answers, outcomes] as const))

test('questions in the order of the course; free text is none, and a role is written by its title', () => {
  expect(roomQuestions(labs).map(({ step, id }) => `${step.id}/${id}`)).toEqual([
    'guess/address',
    'guess/connections',
    'guess/crowd',
    'recall/trust',
  ])
  expect(question('address').ask).toBe('How does the origin learn the client’s address through the reverse proxy?')
  expect(question('crowd').parts.map(({ subject }) => subject)).toEqual(['the reverse proxy', 'the gateway'])
})

test('by option: what was answered, and what came out on the room’s own machines', () => {
  const room = roomOf([
    guesser('Ana', { address: 'header' }, { address: 'not-at-all' }),
    guesser('Bo', { address: 'not-at-all' }, { address: 'not-at-all' }),
    guesser('Cy', { address: 'header' }),
    guesser('Di', {}, { address: 'header' }),
    person('Ed'),
  ])
  const tally = tallyOf(room, question('address'), { withOutcomes: true })
  expect(counts(tally).map(([, ...both]) => both)).toEqual([
    [2, 1],
    [1, 2],
    [0, 0],
  ])
  expect(tally).toMatchObject({ answered: 3, of: 5, parts: [{ answers: 3, outcomes: 3, judged: 2, right: 1 }] })
})

test('while predictions are open nothing depends on how it came out, not even where numbers are cut', () => {
  const guesses = Array.from({ length: 20 }, (_, at) => String(at + 1))
  const open = (truth: string) =>
    tallyOf(
      roomOf(guesses.map((connections, at) => guesser(`P${at}`, { connections }, { connections: truth }))),
      question('connections'),
      {
        withOutcomes: false,
      },
    )
  expect(open('30')).toEqual(open('999999'))
  expect(counts(open('30')).every(([, , outcomes]) => outcomes === 0)).toBe(true)
})

test('numbers are binned with what came out, and right within the tolerance of one’s own run', () => {
  const room = roomOf([
    guesser('Ana', { connections: '32' }, { connections: '30' }),
    guesser('Bo', { connections: '33' }, { connections: '30' }),
    guesser('Cy', { connections: '1 000' }, { connections: '1000' }),
  ])
  const tally = tallyOf(room, question('connections'), { withOutcomes: true })
  expect(counts(tally)).toEqual([
    ['30 connections', 0, 2],
    ['32 connections', 1, 0],
    ['33 connections', 1, 0],
    ['1\u202f000 connections', 1, 1],
  ])
  expect(tally.parts[0]).toMatchObject({ right: 2, judged: 3 })
})

test('asked for each role, each role has its part with the same bins', () => {
  const room = roomOf([
    guesser('Ana', { 'crowd.proxy': 'yes', 'crowd.gateway': 'no' }, { 'crowd.proxy': 'no', 'crowd.gateway': 'no' }),
    guesser('Bo', { 'crowd.proxy': 'yes' }),
  ])
  const { parts, answered } = tallyOf(room, question('crowd'), { withOutcomes: true })
  expect(answered).toBe(2)
  expect(parts.map(({ subject, answers, right, judged }) => [subject, answers, right, judged])).toEqual([
    ['the reverse proxy', 2, 0, 1],
    ['the gateway', 1, 1, 1],
  ])
})

test('the right answer of a quiz is known beforehand, and who has not answered says nothing', () => {
  const quiz = (name: string, trust: string) =>
    person(name, { reports: reportsOf({ 'one-hop/recall': { answers: { trust } } }) })
  const room = roomOf([
    quiz('Ana', 'own'),
    quiz('Bo', 'any'),
    person('Cy', { reports: reportsOf({ 'one-hop/recall': {} }) }),
  ])
  const tally = tallyOf(room, question('trust', 'recall'), { withOutcomes: true })
  expect(counts(tally)).toEqual([
    ['Anybody’s', 1, 0],
    ['That of its own proxy', 1, 2],
  ])
  expect(tally.parts[0]).toMatchObject({ right: 1, judged: 2 })
})

test('what is no answer to the question counts as none: another version, or somebody’s script', () => {
  const room = roomOf([
    guesser('Ana', { address: '=cmd', connections: 'many' }, { address: '<b>', connections: 'NaN' }),
    guesser('Bo', { constructor: 'header', toString: '1' }),
  ])
  for (const id of ['address', 'connections', 'crowd']) {
    const asked = question(id)
    for (const part of asked.parts) expect(answersTo(room, asked, part)).toEqual([])
  }
})
