import { expect, test } from 'vitest'
import { machinesOf } from '../../../src/workshop/summary/machines.ts'
import { withNumbers, withoutNames } from '../../../src/workshop/summary/names.ts'
import { mostWrong, roomReport } from '../../../src/workshop/summary/report.ts'
import { guesser, labs, minutes, person, reportsOf, roomOf } from '../sample-room.ts'

const truths = { address: 'not-at-all', connections: '30', 'crowd.proxy': 'no', 'crowd.gateway': 'yes' }
const room = roomOf([
  guesser('Ana', { address: 'header', connections: '1' }, truths, { confidence: 3, team: 'orange' }),
  guesser('Bo', { address: 'header', connections: '31' }, truths, { confidence: 1, team: 'blue', hints: 2 }),
  guesser('Cy', { address: 'not-at-all', connections: '30' }, truths, { confidence: 3, team: 'blue' }),
  guesser('Di', { address: 'corrected' }, { address: 'not-at-all' }, { confidence: 2 }),
  person('Ed'),
])
const report = roomReport(room, labs)
const [hop] = report.labs

test('predictions against results: right, wrong, sure and wrong, the common mistake, how it came out', () => {
  const [address, connections] = hop!.questions
  expect(address).toMatchObject({
    key: 'address',
    answered: 4,
    judged: 4,
    right: 1,
    wrong: 3,
    confidentAndWrong: 1,
    outcome: 'Not at all, nothing in the request says it',
    commonMistake: { answer: 'The proxy writes it into X-Forwarded-For', count: 2 },
    bySureness: { 1: { judged: 1, right: 0 }, 2: { judged: 1, right: 0 }, 3: { judged: 2, right: 1 } },
  })
  expect(connections).toMatchObject({ judged: 3, right: 2, outcome: '30 connections' })
})

test('what most got wrong comes first, and takes three people to be said', () => {
  expect(mostWrong(report).map(({ key }) => key)).toEqual(['address', 'connections'])
  const two = roomReport({ ...room, participants: room.participants.slice(0, 2) }, labs)
  expect(mostWrong(two)).toEqual([])
})

test('time for each step is the median of those who did it themselves', () => {
  const timed = roomOf([
    person('A', { reports: reportsOf({ 'one-hop/tell': { from: 0, to: 4, hints: 1 } }) }),
    person('B', { reports: reportsOf({ 'one-hop/tell': { from: 2, to: 12 } }) }),
    person('C', { reports: reportsOf({ 'one-hop/tell': { from: 0, to: 1, skipped: true } }) }),
    person('D', { reports: reportsOf({ 'one-hop/tell': { from: 0 } }) }),
  ])
  const step = roomReport(timed, labs).labs[0]!.steps.find(({ id }) => id === 'tell')
  expect(step).toMatchObject({ begun: 4, done: 2, skipped: 1, hints: 1, medianMs: 7 * 60_000, longestMs: 10 * 60_000 })
  expect(roomReport(timed, labs).labs[0]!.steps[0]).toMatchObject({ begun: 0, medianMs: null })
})

test('teams that were chosen, in the order of the list', () => {
  expect(
    report.teams.map(({ team, people, right, judged, confidentAndWrong, hints, stepsDone }) => ({
      team,
      people,
      right,
      judged,
      confidentAndWrong,
      hints,
      stepsDone,
    })),
  ).toEqual([
    { team: 'blue', people: 2, right: 3, judged: 4, confidentAndWrong: 0, hints: 2, stepsDone: 2 },
    { team: 'orange', people: 1, right: 0, judged: 2, confidentAndWrong: 2, hints: 0, stepsDone: 2 },
  ])
})

test('each person: answers, steps, time', () => {
  expect(report.people[1]).toMatchObject({
    name: 'Bo',
    answered: 2,
    right: 1,
    stepsDone: 2,
    hints: 2,
    tookMs: 5 * 60_000,
  })
  expect(report.people[4]).toMatchObject({ name: 'Ed', answered: 0, judged: 0, stepsDone: 0, tookMs: 0 })
})

test('a room of nobody has a report too', () => {
  expect(roomReport(roomOf([]), labs)).toMatchObject({ people: [], teams: [] })
})

test('systems per machine: how many have each, what one lacks, which lab cannot be played there', () => {
  const machine = (systems: string[]) => ({ version: '0.1.0', runtime: 'processes' as const, systems })
  const machines = machinesOf(
    roomOf([
      person('A', { machine: machine(['nginx', 'node-gateway', 'kong']) }),
      person('B', { machine: machine(['nginx', 'node-gateway']) }),
      person('C', { machine: machine(['envoy']) }),
    ]),
    labs,
  )
  expect(machines.systems).toEqual([
    { id: 'nginx', machines: 2 },
    { id: 'node-gateway', machines: 2 },
    { id: 'envoy', machines: 1 },
    { id: 'kong', machines: 1 },
  ])
  expect(machines.each.map(({ lacks, cannotPlay }) => [lacks, cannotPlay.map(({ id }) => id)])).toEqual([
    [['envoy'], []],
    [['envoy', 'kong'], ['saying-no']],
    [
      ['nginx', 'node-gateway', 'kong'],
      ['one-hop', 'saying-no'],
    ],
  ])
})

test('numbers instead of names, on the screen in the order of joining', () => {
  expect(withNumbers(room).participants.map(({ name }) => name)).toEqual([
    'Person 1',
    'Person 2',
    'Person 3',
    'Person 4',
    'Person 5',
  ])
  expect(withNumbers(room).participants[1]!.reports).toBe(room.participants[1]!.reports)
})

test('what is handed on without names has no name, id, time of joining or machine', () => {
  const named = roomOf([
    person('Zoe', {
      id: 'b',
      joinedAt: minutes(7),
      machine: { version: '9', runtime: 'containers', systems: ['kong'] },
    }),
    person('Ana', { id: 'a', joinedAt: minutes(3) }),
  ])
  const text = JSON.stringify(withoutNames(named).participants)
  for (const trace of ['Zoe', 'Ana', '"b"', minutes(7), minutes(3), 'kong', 'containers'])
    expect(text).not.toContain(trace)
  // In the order of their random ids: who came first is not told.
  expect(withoutNames(guessersInOrder('b', 'a')).participants.map(({ reports }) => Object.keys(reports))).toEqual([
    ['saying-no/scene'],
    ['one-hop/scene'],
  ])
})

function guessersInOrder(first: string, second: string) {
  return roomOf([
    person('first', { id: first, reports: reportsOf({ 'one-hop/scene': {} }) }),
    person('second', { id: second, reports: reportsOf({ 'saying-no/scene': {} }) }),
  ])
}
