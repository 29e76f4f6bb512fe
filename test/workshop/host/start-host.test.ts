import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EdgeLabError, type ErrorName } from '../../../src/errors.ts'
import { workshopNamed } from '../../../src/workshop/host/state/workshop-folder.ts'
import { tellHost } from '../../../src/workshop/host/tell-host.ts'
import type { ReportsAnswer } from '../../../src/workshop/protocol/messages.ts'
import type { Host } from '../../../src/workshop/room/room.ts'
import { until } from '../../until.ts'
import { stepReport } from '../people.ts'
import {
  addressOf,
  ask,
  type HomeForHosts,
  homeForHosts,
  joinedAs,
  openStream,
  passcode,
  showsItsCode,
} from './here.ts'

let here: HomeForHosts
beforeEach(async () => {
  here = await homeForHosts()
})
afterEach(async () => {
  expect(here.defects).toEqual([])
  await here.remove()
})

async function failure(starting: Promise<unknown>): Promise<ErrorName | undefined> {
  const error = await starting.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (error !== undefined && !(error instanceof EdgeLabError)) throw error
  return error?.name
}

test('a participant joins, reports and is seen; what is reported twice is kept once', async () => {
  const host = await here.start()
  expect(await showsItsCode(host)).toBe(true)
  const { token, workshop, orders } = await joinedAs(host, { name: 'Ada', team: 'green' })
  expect(workshop).toMatchObject({ title: 'EdgeLab workshop', labs: ['one-hop'] })
  expect(orders).toEqual({ version: 0, pauseAt: null, message: null, endsAt: null, isOver: false })
  const reports = [stepReport({ seq: 1 }), stepReport({ seq: 2, done: true }), stepReport({ seq: 3, step: 'ask' })]
  const first = await ask(host, '/v1/reports', { token, body: { reports } })
  expect(first).toMatchObject({ status: 200, body: { kept: [1, 2, 3] } satisfies ReportsAnswer })
  const again = await ask(host, '/v1/reports', { token, body: { reports: reports.slice(0, 2) } })
  expect(again).toMatchObject({ status: 200, body: { kept: [1, 2] } })
  const [ada] = host.room().participants
  expect(ada).toMatchObject({ name: 'Ada', team: 'green', isConnected: false, at: { lab: 'one-hop', step: 'ask' } })
  expect(Object.values(ada!.reports).map(({ seq }) => seq)).toEqual([2, 3])
  // What had been acknowledged before was not written again.
  const journal = await readFile(join(host.folder, 'journal.ndjson'), 'utf8')
  expect(journal.trimEnd().split('\n')).toHaveLength(2)
})

test('orders reach everybody at once, whoever gives them, and streams tell who is connected', async () => {
  const host = await here.start()
  const { token } = await joinedAs(host)
  const stream = await openStream(host, token)
  await until('it is connected', () => host.room().participants[0]!.isConnected, Boolean)
  await host.order({ pauseAt: { lab: 'one-hop', step: 'guess' } })
  await tellHost(await workshopNamed(), { say: 'Five minutes to go' })
  const seen = await until(
    'both orders came',
    () => stream.seen,
    (orders) => orders.some(({ version }) => version === 2),
  )
  expect(seen.map(({ version }) => version)).toEqual([0, 1, 2])
  expect(seen.at(-1)).toEqual(host.room().orders)
  expect(seen.at(-1)).toMatchObject({ pauseAt: { step: 'guess' }, message: { text: 'Five minutes to go' } })
  stream.end()
  await until(
    'it is gone',
    () => host.room().participants[0]!.isConnected,
    (isConnected) => !isConnected,
  )
})

test('a second stream takes the place of the first', async () => {
  const host = await here.start()
  const { token } = await joinedAs(host)
  const first = await openStream(host, token)
  const second = await openStream(host, token)
  await until('the first has ended', first.isOpen, (isOpen) => !isOpen)
  expect(host.room().participants[0]!.isConnected).toBe(true)
  await host.order({ say: 'Still here?' })
  await until(
    'the second hears it',
    () => second.seen.at(-1)?.message?.text,
    (text) => text === 'Still here?',
  )
})

test('subscribers hear of changes, and the room is the same object where there is none', async () => {
  const host = await here.start()
  let calls = 0
  const unsubscribe = host.subscribe(() => {
    calls += 1
  })
  expect(host.room()).toBe(host.room())
  const before = host.room()
  await host.order({ show: { lab: 'one-hop', step: 'guess', question: 'host' } })
  await until(
    'it is told',
    () => calls,
    (count) => count === 1,
  )
  expect(host.room()).not.toBe(before)
  expect(host.room().projection).toMatchObject({ isRevealed: false, shows: { question: 'host' } })
  unsubscribe()
  await host.order({ reveal: true })
  expect(calls).toBe(1)
})

test('it goes on where it was: same address, code, passcode, tokens, room and orders', async () => {
  const host = await here.start()
  const { token } = await joinedAs(host)
  await ask(host, '/v1/reports', { token, body: { reports: [stepReport()] } })
  await host.order({ pauseAt: { lab: 'one-hop', step: 'guess' } })
  const { participants, ...room } = host.room()
  await host.close()
  const again = await here.start({ passcode: '48291357' })
  expect(again.goesOn).toBe(true)
  expect([again.joinLines, again.passcode, again.folder]).toEqual([host.joinLines, passcode, host.folder])
  expect(again.room()).toEqual({ ...room, participants })
  const { status } = await ask(again, '/v1/reports', { token, body: { reports: [stepReport({ seq: 2 })] } })
  expect(status).toBe(200)
})

test('what would change a workshop that goes on is refused; another one is begun by request, or when it is over', async () => {
  const host = await here.start({ title: 'First' })
  expect(await failure(here.start())).toBe('workshopOpen')
  await host.close()
  expect(await failure(here.start({ title: 'Second', labs: ['saying-no'] }))).toBe('workshopGoesOn')
  expect(await failure(here.start({ passcode: 'another one' }))).toBe('workshopGoesOn')
  const second = await here.start({ title: 'Second', isNew: true })
  expect(second.goesOn).toBe(false)
  expect(second.joinLines).not.toEqual(host.joinLines)
  const { token } = await joinedAs(second)
  await second.order({ end: true })
  const late = await ask(second, '/v1/reports', { token, body: { reports: [stepReport()] } })
  expect(late).toMatchObject({ status: 410, body: { refused: 'workshop is over' } })
  await second.close()
  const third = await here.start({ title: 'Third' })
  expect(third.room().workshop.title).toBe('Third')
  expect(third.room().participants).toEqual([])
})

test('its state is for its user alone, and holds no token', async () => {
  const host = await here.start()
  const { token } = await joinedAs(host)
  expect((await stat(host.folder)).mode & 0o777).toBe(0o700)
  for (const name of ['workshop.json', 'key.pem', 'certificate.pem', 'host-token', 'journal.ndjson']) {
    expect([name, (await stat(join(host.folder, name))).mode & 0o777]).toEqual([name, 0o600])
  }
  for (const name of await readdir(host.folder)) {
    expect(await readFile(join(host.folder, name), 'utf8')).not.toContain(token)
  }
})

test('a port that is taken, an address that is not this machine’s, a damaged journal: each has its name', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  expect(await failure(here.start({ port }))).toBe('workshopPort')
  taken.close()
  expect(await failure(here.start({ listen: '192.0.2.1', isNew: true }))).toBe('listenAddress')
  const host = await here.start({ isNew: true })
  await joinedAs(host)
  await joinedAs(host)
  await host.close()
  const path = join(host.folder, 'journal.ndjson')
  await writeFile(path, (await readFile(path, 'utf8')).replace('"kind"', '"sort"'))
  expect(await failure(here.start())).toBe('workshopUnreadable')
})

test('nobody there to be told', async () => {
  expect(await failure(workshopNamed())).toBe('noWorkshop')
  const host = await here.start()
  await host.close()
  const workshop = await workshopNamed()
  expect(await failure(tellHost(workshop, { end: true }))).toBe('hostSilent')
})

test('killed with -9 again and again while reports come, it has all that it acknowledged, once', async () => {
  let token = ''
  let seq = 0
  const acknowledged = new Map<string, number>()
  for (let round = 0; round < 3; round += 1) {
    const { host, child } = await hostInProcess()
    if (round === 0) token = (await joinedAs(host)).token
    const killAt = Date.now() + 400
    const sending = async (): Promise<void> => {
      for (;;) {
        seq += 1
        const report = stepReport({ seq, step: `step-${seq % 7}` })
        const { status } = await ask(host, '/v1/reports', { token, body: { reports: [report] } })
        if (status === 200) acknowledged.set(report.step, Math.max(acknowledged.get(report.step) ?? 0, report.seq))
        if (Date.now() > killAt && acknowledged.size === 7) child.kill('SIGKILL')
      }
    }
    await Promise.allSettled([sending(), sending(), sending()])
    await closed(child)
  }
  expect(acknowledged.size).toBe(7)
  const host = await here.start()
  expect(host.goesOn).toBe(true)
  const [only, ...others] = host.room().participants
  expect(others).toEqual([])
  for (const [step, highest] of acknowledged) {
    expect(only!.reports[`one-hop/${step}`]!.seq).toBeGreaterThanOrEqual(highest)
  }
})

async function hostInProcess(): Promise<{ host: Host; child: ChildProcess }> {
  const child = spawn(process.execPath, ['test/workshop/host/host-to-kill.ts'], {
    env: { ...process.env, EDGELAB_HOME: here.home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return { host: JSON.parse(line) as Host, child }
}

async function closed(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
}

test('where it listens is what participants are told to type', async () => {
  const host = await here.start()
  expect(host.listens).toBe(addressOf(host))
})
