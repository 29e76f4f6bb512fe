/** A participant and a real host: what is told, what is kept while it cannot be, and what is obeyed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freshStep } from '../../../src/labs/progress/progress.ts'
import { observed } from '../../../src/labs/session/machine.ts'
import type { Action } from '../../../src/labs/session/session.ts'
import { joinWorkshop } from '../../../src/workshop/participant/join-workshop.ts'
import { type Joined, lastMembership, membershipHome } from '../../../src/workshop/participant/membership.ts'
import { type Participation, participate } from '../../../src/workshop/participant/participation.ts'
import { freshProgress, sampleLab, sampleObservation } from '../../labs/sample-lab.ts'
import { until } from '../../until.ts'
import { type HostHere, hostHere, recorder } from './host-here.ts'
import { sessionHere } from './session-here.ts'

let home: string
let host: HostHere
const open: { close(): Promise<void> }[] = []
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'participation-'))
  vi.stubEnv('EDGELAB_HOME', home)
  host = await hostHere()
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  await host.close()
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

function joinHere(address = host.address): Promise<Joined> {
  const { code, passcode } = host
  const machine = { version: '0.1.0', runtime: 'processes' as const, systems: [] }
  return joinWorkshop({ address, code, passcode, name: 'Ada', team: null, machine })
}

async function takePart(member?: Joined): Promise<Participation> {
  const participation = await participate(member ?? (await joinHere()), [sampleLab])
  open.push(participation)
  return participation
}

const soon = (): AbortSignal => AbortSignal.timeout(10_000)
const answer = (question: string, value: string): Action => ({ type: 'answer', question, value })
const prediction: readonly Action[] = [
  answer('status.proxy', 'ok'),
  answer('status.gateway', 'ok'),
  answer('seen', '3'),
  { type: 'commit', confidence: 2 },
]
const predicted = { 'status.proxy': 'ok', 'status.gateway': 'ok', seen: '3' }

test('what is done in a lab of the workshop is on the host’s disk, and what the run showed with it', async () => {
  const participation = await takePart()
  const inner = sessionHere()
  const session = participation.follow(inner)
  await session.act({ type: 'next' })
  for (const action of prediction) await session.act(action)
  await session.act({ type: 'next' })
  expect(await participation.allKept(soon())).toBe(true)
  const reports = () => host.room().participants[0]!.reports
  expect(reports()['sample/guess']).toMatchObject({ answers: predicted, confidence: 2, truths: {}, done: true })
  expect(host.room().participants[0]).toMatchObject({ isConnected: true, at: { lab: 'sample', step: 'ask' } })

  inner.change(observed(inner.state().progress, 'ask', sampleObservation))
  await until('it is told', reports, (seen) => seen['sample/ask']?.done === true)
  expect(reports()['sample/guess']).toMatchObject({ answers: predicted, truths: { 'status.gateway': 'no', seen: '3' } })
  await session.close()
})

test('a lab that is none of the workshop’s is nobody’s business', async () => {
  const participation = await takePart()
  const session = participation.follow(sessionHere({ ...sampleLab, id: 'private' }))
  await session.act({ type: 'next' })
  for (const action of prediction) await session.act(action)
  await session.close()
  expect(await participation.allKept(soon())).toBe(true)
  expect(host.room().participants[0]!.reports).toEqual({})
})

test('while the host is away all of it waits on the disk, and it is sent once when the host is back', async () => {
  const participation = await takePart()
  const session = participation.follow(sessionHere())
  await until('it is connected', participation.state, ({ connection }) => connection === 'connected')
  await participation.allKept(soon())
  await host.close()
  await session.act({ type: 'next' })
  for (const action of prediction) await session.act(action)
  const away = await until(
    'it is offline',
    participation.state,
    (seen) => seen.connection === 'offline' && seen.waiting.answers === 3 && seen.why.startsWith('nobody listens'),
  )
  expect(away.why).toBe('nobody listens at this address')
  expect(await participation.allKept(AbortSignal.timeout(50))).toBe(false)
  await session.close()

  // Another process of the participant, later: what waits is sent by it.
  await open.pop()!.close()
  host = await hostHere()
  expect(host.goesOn).toBe(true)
  expect(host.room().participants[0]!.reports['sample/guess']).toBeUndefined()
  const later = await participateAgain()
  expect(later.state().waiting.answers).toBe(3)
  expect(await later.allKept(soon())).toBe(true)
  expect(host.room().participants[0]!.reports['sample/guess']).toMatchObject({ answers: predicted })
  expect(await journalLines('sample/guess')).toBe(1)
})

async function participateAgain(): Promise<Participation> {
  return takePart((await lastMembership())!)
}

/** How often the journal has a report of this step with answers. */
async function journalLines(place: string): Promise<number> {
  const text = await readFile(join(host.folder, 'journal.ndjson'), 'utf8')
  const entries = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { reports?: { lab: string; step: string; answers: object }[] })
  return entries
    .flatMap(({ reports = [] }) => reports)
    .filter(({ lab, step, answers }) => `${lab}/${step}` === place && Object.keys(answers).length > 0).length
}

test('pause, message, end time and end are heeded as they come', async () => {
  const participation = await takePart()
  const session = participation.follow(sessionHere())
  await host.order({ pauseAt: { lab: 'sample', step: 'hello' } })
  await until('it is paused', participation.state, ({ orders }) => orders?.pauseAt !== null && orders !== null)
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('hello')
  await host.order({ pauseAt: null })
  await host.order({ say: 'Break until three.' })
  await host.order({ endsAt: '2026-01-02T15:30:00.000Z' })
  const { orders } = await until('all of it is known', participation.state, (seen) => seen.orders?.endsAt != null)
  expect(orders).toMatchObject({ pauseAt: null, message: { text: 'Break until three.' } })
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('guess')

  await host.order({ pauseAt: { lab: 'sample', step: 'guess' } })
  await host.order({ end: true })
  await until('it is over', participation.state, (seen) => seen.orders?.isOver === true)
  // The lab goes on alone, and nothing more is told.
  const told = host.room().participants[0]!.reports
  for (const action of prediction) await session.act(action)
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('ask')
  await session.close()
  expect(host.room().participants[0]!.reports).toEqual(told)
})

test('who starts again while the room is paused and the host is away is held there still, until the host is back', async () => {
  const first = await takePart()
  await host.order({ pauseAt: { lab: 'sample', step: 'hello' } })
  await until('it is paused', first.state, ({ orders }) => orders?.pauseAt?.step === 'hello')
  await open.pop()!.close()
  await host.close()
  const again = await participateAgain()
  // From the first moment on, before the host was looked for.
  expect(again.state()).toMatchObject({ connection: 'connecting', orders: { pauseAt: { step: 'hello' } } })
  const session = again.follow(sessionHere())
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('hello')
  expect(session.state().problem?.hint).toContain('when the host was last heard')

  host = await hostHere()
  await host.order({ pauseAt: null })
  await until('it goes on', again.state, ({ orders }) => orders?.pauseAt === null)
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('guess')
  await session.close()
  await open.pop()!.close()

  // A damaged file holds nobody.
  await writeFile(membershipHome(host.code).orders, '{"pauseAt":')
  await host.close()
  const third = await participateAgain()
  expect(third.state().orders).toBeNull()
  host = await hostHere()
})

test('a token that is good no more: it says so, keeps what waits, and does not try for ever', async () => {
  const old = await joinHere()
  await joinHere()
  const participation = await takePart(old)
  const seen = await until('it is refused', participation.state, ({ connection }) => connection === 'refused')
  expect(seen.why).toContain(`edgelab join ${host.address} ${host.code} --passcode`)
  await participation.tell(sampleLab, { ...freshProgress, steps: { hello: freshStep } })
  expect(await participation.allKept(soon())).toBe(false)
  expect(participation.state().waiting.steps).toBe(1)
})

test('whose reports are refused listens no more, and no pause holds them', async () => {
  const between = await recorder(host, (bytes) =>
    Buffer.from(bytes.toString('latin1').replace('"answers":', '"ansvers":'), 'latin1'),
  )
  const participation = await takePart(await joinHere(between.address))
  open.push(between)
  await host.order({ pauseAt: { lab: 'sample', step: 'hello' } })
  await until('it is paused', participation.state, ({ orders }) => orders?.pauseAt?.step === 'hello')
  const session = participation.follow(sessionHere())
  await participation.tell(sampleLab, { ...freshProgress, steps: { hello: freshStep } })
  const seen = await until('it is refused', participation.state, ({ connection }) => connection === 'refused')
  expect(seen.waiting.steps).toBe(1)
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('guess')
  await host.order({ say: 'Break until three.' })
  await until(
    'it listens no more',
    () => host.room().participants[0]!,
    ({ isConnected }) => !isConnected,
  )
  expect(participation.state()).toMatchObject({ connection: 'refused', orders: { message: null } })
  await session.close()
})

test('who is removed is told so and goes on alone; joining again they are somebody new, with all that they did', async () => {
  const member = await joinHere()
  const participation = await takePart(member)
  const session = participation.follow(sessionHere())
  await session.act({ type: 'next' })
  for (const action of prediction) await session.act(action)
  expect(await participation.allKept(soon())).toBe(true)
  await host.order({ pauseAt: { lab: 'sample', step: 'guess' } })
  const seen: string[] = []
  participation.subscribe(() => seen.push(participation.state().connection))
  await host.order({ remove: member.participant })
  const { why } = await until('it is told', participation.state, ({ connection }) => connection === 'removed')
  expect(why).toContain(`edgelab join ${host.address} ${host.code} --name`)
  // Not as if the host had gone.
  expect(seen).not.toContain('offline')
  // No pause holds them any more, and nothing is told.
  await session.act({ type: 'next' })
  expect(session.page().id).toBe('ask')
  expect(participation.state().waiting).toEqual({ steps: 0, answers: 0 })
  await session.close()
  await open.pop()!.close()
  expect(host.room().participants).toEqual([])

  // Without a new name nothing has changed.
  const still = await takePart(member)
  expect(still.state().orders?.pauseAt).toBeNull()
  await until('it is told again', still.state, ({ connection }) => connection === 'removed')
  await open.pop()!.close()
  const again = await joinHere()
  expect(again.participant).not.toBe(member.participant)
  const anew = await takePart(again)
  const { progress } = session.state()
  await anew.tell(sampleLab, progress)
  expect(await anew.allKept(soon())).toBe(true)
  expect(host.room().participants).toMatchObject([{ id: again.participant, number: 2 }])
  expect(host.room().participants[0]!.reports['sample/guess']).toMatchObject({ answers: predicted })
})

test('who joins as somebody new, because the file that says who they are is damaged, tells the host all that they did', async () => {
  const member = await joinHere()
  const participation = await takePart(member)
  const session = participation.follow(sessionHere())
  await session.act({ type: 'next' })
  for (const action of prediction) await session.act(action)
  expect(await participation.allKept(soon())).toBe(true)
  await session.close()
  await open.pop()!.close()

  await writeFile(membershipHome(host.code).membership, '{"address":')
  const again = await joinHere()
  expect(again.participant).not.toBe(member.participant)
  const anew = await takePart(again)
  await anew.tell(sampleLab, session.state().progress)
  expect(await anew.allKept(soon())).toBe(true)
  const newcomer = host.room().participants.find(({ id }) => id === again.participant)
  expect(newcomer!.reports['sample/guess']).toMatchObject({ answers: predicted })
})

test('one process takes part at a time', async () => {
  const member = await joinHere()
  await takePart(member)
  await expect(participate(member, [sampleLab])).rejects.toMatchObject({ name: 'joinedTwice' })
})

test('every byte that leaves: what the protocol names, and none of the learner’s own words', async () => {
  const between = await recorder(host)
  const member = await joinHere(between.address)
  const participation = await takePart(member)
  const inner = sessionHere()
  const session = participation.follow(inner)
  await session.act({ type: 'next' })
  for (const action of prediction) await session.act(action)
  await session.act({ type: 'next' })
  inner.change(observed(inner.state().progress, 'ask', sampleObservation))
  await session.act({ type: 'next' })
  await session.act(answer('which', 'ok'))
  await session.act({ type: 'commit' })
  await session.act({ type: 'next' })
  await session.act(answer('prompt', 'Because it counts for each consumer, says Ada’s diary.'))
  await session.act({ type: 'commit' })
  expect(await participation.allKept(soon())).toBe(true)
  await session.close()
  await open.pop()!.close()
  await between.close()

  const sent = between.received().toString('utf8')
  const requests = [...sent.matchAll(/([A-Z]+) (\S+) HTTP\/1\.1\r\n/g)].map(([, method, path]) => `${method} ${path}`)
  expect(new Set(requests)).toEqual(new Set(['POST /v1/join', 'GET /v1/orders', 'POST /v1/reports']))
  const heads = [...sent.matchAll(/^([a-z-]+): /gm)].map(([, name]) => name)
  expect(new Set(heads)).toEqual(
    new Set(['host', 'connection', 'edgelab-protocol', 'authorization', 'accept', 'content-type', 'content-length']),
  )
  // All texts in the bodies: names that the lab's author gave, and what the participant said of themselves.
  const bodies = [...sent.matchAll(/\{.*\}/g)].map(([body]) => JSON.parse(body) as unknown)
  expect(bodies.length).toBeGreaterThan(1)
  const known = [
    member.participant,
    host.passcode,
    'Ada',
    '0.1.0',
    'processes',
    'sample',
    ...sampleLab.steps.map(({ id }) => id),
    ...['ok', 'no', '3', 'gw', 'rp', '200', '429'],
  ]
  const strange = bodies
    .flatMap(textsIn)
    .filter((text) => !known.includes(text) && !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text))
  expect(strange).toEqual([])
  for (const own of ['diary', 'consumer', home, 'shop', 'forwarded', '/products']) expect(sent).not.toContain(own)
})

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
