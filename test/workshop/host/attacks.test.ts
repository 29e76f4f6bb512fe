/** What a host is up against, each refused and logged, while it goes on serving others. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { protocolHeader, protocolVersion } from '../../../src/workshop/protocol/messages.ts'
import type { Host } from '../../../src/workshop/room/room.ts'
import { until } from '../../until.ts'
import { joinRequest, stepReport } from '../people.ts'
import { type Answer, addressOf, ask, type HomeForHosts, homeForHosts, joinedAs, openStream, passcode } from './here.ts'

let here: HomeForHosts
let host: Host
/** Who does nothing wrong, and is served throughout. */
let honest: string
let reported = 0

beforeEach(async () => {
  here = await homeForHosts()
  host = await here.start()
  honest = (await joinedAs(host, { name: 'Grace' }, { from: '127.0.0.9' })).token
  reported = 0
})
afterEach(async () => {
  await othersAreServed()
  expect(here.defects).toEqual([])
  await here.remove()
})

async function othersAreServed(): Promise<void> {
  reported += 1
  const body = { reports: [stepReport({ seq: reported })] }
  expect(await ask(host, '/v1/reports', { token: honest, from: '127.0.0.9', body })).toMatchObject({ status: 200 })
}

/** As it is in the file, where it has come into it. */
async function logged(): Promise<string> {
  return readFile(join(host.folder, 'refusals.ndjson'), 'utf8').catch(() => '')
}

async function isLogged(reason: string, from: string): Promise<void> {
  const line = await until(
    `“${reason}” of ${from} is logged`,
    async () => (await logged()).split('\n').find((each) => each.includes(`"${reason}"`) && each.includes(from)),
    (found) => found !== undefined,
  )
  expect(JSON.parse(line!)).toMatchObject({ from, reason })
  expect(host.refusals().byReason[reason]).toBeGreaterThan(0)
}

function tryToJoin(typed: string, from = '127.0.0.1', given: object = {}): Promise<Answer> {
  return ask(host, '/v1/join', { from, body: { ...joinRequest({ passcode: typed }), ...given } })
}

test('no passcode, a wrong one, guessing: slower with each, and the right one is not looked at meanwhile', async () => {
  const { passcode: _, ...without } = joinRequest()
  expect(await ask(host, '/v1/join', { body: without })).toMatchObject({
    status: 400,
    body: { refused: 'bad message' },
  })
  const begunAt = performance.now()
  expect(await tryToJoin('')).toMatchObject({ status: 401, headers: { 'retry-after': '1' } })
  const guesses = await Promise.all(Array.from({ length: 50 }, (_, index) => tryToJoin(`0000 ${1000 + index}`)))
  const seconds = (performance.now() - begunAt) / 1000
  const locked = guesses.filter(({ status }) => status === 429)
  // Each that was looked at locks for a second at least: on a quick machine that was none.
  expect(guesses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(seconds)
  expect(locked.length).toBeGreaterThanOrEqual(guesses.length - seconds)
  expect(locked[0]!.body).toEqual({ refused: 'passcode locked', why: '' })
  await until(
    'one more is looked at',
    () => tryToJoin('0000 0000'),
    ({ status }) => status === 401,
  )
  expect(await tryToJoin(passcode)).toMatchObject({ status: 429 })
  // Others come in.
  expect(await tryToJoin(passcode, '127.0.0.2')).toMatchObject({ status: 200 })
  expect(await tryToJoin('48291357', '127.0.0.3')).toMatchObject({ status: 200 })
  await isLogged('wrong passcode', '127.0.0.1')
  await isLogged('passcode locked', '127.0.0.1')
})

test('no token, an invented one, one that was replaced, one of another workshop', async () => {
  const body = { reports: [stepReport()] }
  expect(await ask(host, '/v1/reports', { body })).toMatchObject({ status: 401, body: { refused: 'no token' } })
  expect(await ask(host, '/v1/orders')).toMatchObject({ status: 401, body: { refused: 'no token' } })
  const invented = { token: 'A'.repeat(43), body }
  expect(await ask(host, '/v1/reports', invented)).toMatchObject({ status: 401, body: { refused: 'unknown token' } })
  const participant = randomUUID()
  const { token } = await joinedAs(host, { participant })
  const { token: newer } = await joinedAs(host, { participant })
  expect(await ask(host, '/v1/reports', { token, body })).toMatchObject({ status: 401 })
  expect(await ask(host, '/v1/reports', { token: newer, body })).toMatchObject({ status: 200 })
  const second = await here.start({ isNew: true })
  expect(await ask(second, '/v1/reports', { token: newer, body })).toMatchObject({ status: 401 })
  await isLogged('no token', '127.0.0.1')
  await isLogged('unknown token', '127.0.0.1')
})

test('another protocol, or none: nothing else of the request is looked at', async () => {
  const { token } = await joinedAs(host)
  const body = { protocol: 2, passcode, hello: 'from the future' }
  for (const headers of [{ 'edgelab-protocol': '2' }, { 'edgelab-protocol': '' }]) {
    for (const answer of [
      await ask(host, '/v1/join', { body, headers }),
      await ask(host, '/v1/reports', { token, body, headers }),
      await ask(host, '/v1/orders', { token, headers }),
      await ask(host, '/v2/anything', { body, headers }),
      await ask(host, '/v1/host/orders', { body, headers }),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { refused: 'other protocol' } })
      expect((answer.body as { why: string }).why).toMatch(/^the host has EdgeLab \S+, which speaks protocol 1$/)
    }
  }
  await isLogged('other protocol', '127.0.0.1')
})

test('a participant neither reads what another answered nor reports in another’s name', async () => {
  const { token } = await joinedAs(host, { name: 'Mallory' })
  const [grace] = host.room().participants
  await othersAreServed()
  for (const path of [
    '/v1/reports',
    `/v1/reports/${grace!.id}`,
    '/v1/room',
    '/v1/participants',
    '/',
    '/v1/orders/../room',
  ]) {
    expect(await ask(host, path, { token })).toMatchObject({ status: 404, body: { refused: 'unknown path' } })
  }
  const asGrace = { reports: [stepReport({ seq: 99 })], participant: grace!.id }
  expect(await ask(host, '/v1/reports', { token, body: asGrace })).toMatchObject({ status: 400 })
  const inReport = { reports: [{ ...stepReport({ seq: 99 }), participant: grace!.id }] }
  expect(await ask(host, '/v1/reports', { token, body: inReport })).toMatchObject({ status: 400 })
  expect(host.room().participants[0]!.reports['one-hop/guess']!.seq).toBe(reported)
  // What participants are told has nothing of others in it.
  const stream = await openStream(host, token)
  await until(
    'orders came',
    () => stream.seen.length,
    (count) => count > 0,
  )
  expect(Object.keys(stream.seen[0]!)).toEqual(['version', 'pauseAt', 'message', 'endsAt', 'isOver'])
  stream.end()
  await isLogged('unknown path', '127.0.0.1')
})

test('what only the facilitator may do, done by a participant and by a stranger', async () => {
  const { token } = await joinedAs(host)
  const [grace] = host.room().participants
  const orders = [{ end: true }, { say: 'Go home' }, { pauseAt: null }, { show: null }, { reveal: true }, {}]
  for (const body of [...orders, { remove: grace!.id }]) {
    const refused = await ask(host, '/v1/host/orders', { token, body })
    expect(refused).toMatchObject({ status: 403, body: { refused: 'host action by a participant' } })
  }
  for (const body of [{ end: true }, { remove: grace!.id }]) {
    expect(await ask(host, '/v1/host/orders', { body })).toMatchObject({ status: 401 })
  }
  expect(host.room().participants).toHaveLength(2)
  expect(host.room().orders).toMatchObject({ version: 0, isOver: false })
  await isLogged('host action by a participant', '127.0.0.1')
  // Nor is the facilitator's token good for anything else.
  const hostToken = (await readFile(join(host.folder, 'host-token'), 'utf8')).trim()
  const report = { token: hostToken, body: { reports: [stepReport()] } }
  expect(await ask(host, '/v1/reports', report)).toMatchObject({ status: 401, body: { refused: 'unknown token' } })
  expect(await ask(host, '/v1/host/orders', { token: hostToken, body: { say: 'x'.repeat(281) } })).toMatchObject({
    status: 400,
  })
})

test('who was removed: told so, neither heard nor let in again as the same, not even by a host that was started again', async () => {
  const participant = randomUUID()
  const { token } = await joinedAs(host, { name: 'Mallory', participant })
  await ask(host, '/v1/reports', { token, body: { reports: [stepReport()] } })
  const stream = await openStream(host, token)
  await host.order({ remove: participant })
  expect(host.room().participants.map(({ name }) => name)).toEqual(['Grace'])
  await until('the stream has ended', stream.isOpen, (isOpen) => !isOpen)
  expect(stream.seen.at(-1)).toEqual({ refused: 'removed', why: '' })
  const isRefused = async (): Promise<void> => {
    const body = { reports: [stepReport({ seq: 2 })] }
    for (const answer of [
      await ask(host, '/v1/reports', { token, body }),
      await ask(host, '/v1/orders', { token }),
      await ask(host, '/v1/host/orders', { token, body: { remove: participant } }),
      await tryToJoin(passcode, '127.0.0.1', { participant, name: 'Mallory again' }),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { refused: 'removed' } })
    }
    expect(host.room().participants.map(({ name }) => name)).toEqual(['Grace'])
  }
  await isRefused()
  await isLogged('removed', '127.0.0.1')
  await othersAreServed()
  await host.close()
  host = await here.start()
  await isRefused()
  // Who has the passcode may be somebody else.
  expect(await tryToJoin(passcode, '127.0.0.1', { name: 'Trent' })).toMatchObject({ status: 200 })
})

test('who joins again while the disk takes down that they were removed is not in the room again', async () => {
  const participant = randomUUID()
  await joinedAs(host, { name: 'Mallory', participant })
  const file = await open(join(host.folder, 'journal.ndjson'))
  const disk = vi.spyOn(Object.getPrototypeOf(file) as typeof file, 'datasync')
  await file.close()
  const isWritten = Promise.withResolvers<void>()
  disk.mockImplementationOnce(() => isWritten.promise)
  const removing = host.order({ remove: participant })
  await until(
    'the disk is busy with it',
    () => disk.mock.calls.length,
    (flushes) => flushes > 0,
  )
  const joining = tryToJoin(passcode, '127.0.0.1', { participant, name: 'Mallory again' })
  // By the time that those who asked later have their answers, it has arrived.
  for (let asked = 0; asked < 3; asked += 1) expect(await ask(host, '/v1/orders')).toMatchObject({ status: 401 })
  isWritten.resolve()
  await removing
  expect(await joining).toMatchObject({ status: 403, body: { refused: 'removed' } })
  expect(host.room().participants.map(({ name }) => name)).toEqual(['Grace'])
  disk.mockRestore()
})

test.each([
  ['of 10 KB', 'x'.repeat(10_000)],
  ['of 41 characters', 'x'.repeat(41)],
  ['that is empty', ' \t '],
  ['that moves the cursor', 'Eve\u001b[2J\u001b[H'],
  ['on two lines', 'Eve\nGrace has finished'],
  ['that turns the text around', 'Eve\u202eecarG'],
  ['that is HTML', '<img src=x onerror=alert(1)>'],
  ['that is no text', { toString: 'Eve' }],
])('a name %s', async (_, name) => {
  const answer = await tryToJoin(passcode, '127.0.0.1', { name })
  // 10 KB are more than a message of joining may have.
  expect([400, 413]).toContain(answer.status)
  expect(host.room().participants.map((each) => each.name)).toEqual(['Grace'])
  await isLogged(answer.status === 413 ? 'body too large' : 'bad message', '127.0.0.1')
  expect(JSON.stringify(answer.body).length).toBeLessThan(500)
})

test.each([
  ['that is no JSON', '{"reports":'],
  ['with a prototype', '{"reports":[],"__proto__":{"isHost":true}}'],
  ['that is no object', '[]'],
  ['without reports', { reports: [] }],
  ['with 101 reports', { reports: Array.from({ length: 101 }, (_, index) => stepReport({ seq: index + 1 })) }],
  ['with free text', { reports: [stepReport({ answers: { why: 'x'.repeat(65) } })] }],
  ['with a path as step', { reports: [stepReport({ step: '../../etc' })] }],
  ['with a figure that is no number', '{"reports":[{"figures":{"a":1e999}}]}'],
])('a message %s', async (_, body) => {
  const { token } = await joinedAs(host)
  expect(await ask(host, '/v1/reports', { token, body })).toMatchObject({
    status: 400,
    body: { refused: 'bad message' },
  })
  expect(host.room().participants[1]!.reports).toEqual({})
  await isLogged('bad message', '127.0.0.1')
})

const flooding = 1500

/** That many requests, as fast as they are answered: a thousand a second and more, where the machine is not busy. */
async function flood(one: (agent: Agent) => Promise<Answer>): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>()
  const agent = new Agent({ keepAlive: true, maxSockets: 6 })
  let left = flooding
  const asking = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const { status } = await one(agent)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  const floods = Promise.all(Array.from({ length: 30 }, asking))
  const waits: number[] = []
  do {
    const before = performance.now()
    await othersAreServed()
    waits.push(performance.now() - before)
    await new Promise((resolve) => setTimeout(resolve, 250))
  } while (left > 0)
  await floods
  agent.destroy()
  // On the same processors as the flood; without limits they would wait for all of it.
  expect(Math.max(...waits)).toBeLessThan(2000)
  return statuses
}

test('a thousand requests a second of one participant', async () => {
  const { token } = await joinedAs(host, { name: 'Mallory' })
  let seq = 0
  const statuses = await flood((agent) => {
    seq += 1
    return ask(host, '/v1/reports', { token, agent, body: { reports: [stepReport({ seq })] } })
  })
  expect([...statuses.keys()].toSorted()).toEqual([200, 429])
  expect(statuses.get(200)).toBeLessThan(flooding / 2)
  await isLogged('too many requests', '127.0.0.1')
  // A flood is a few lines, and every request of it is counted.
  expect((await logged()).trimEnd().split('\n').length).toBeLessThan(30)
  expect(host.refusals().byReason['too many requests']).toBe(statuses.get(429))
  const times = host.refusals().last.map((each) => each.times)
  expect(times.reduce((sum, each) => sum + each, 0)).toBe(statuses.get(429))
})

test('a thousand requests a second of somebody without a token', async () => {
  const statuses = await flood((agent) => ask(host, '/v1/reports', { agent, body: { reports: [stepReport()] } }))
  expect([...statuses.keys()].toSorted()).toEqual([401, 429])
  expect(statuses.get(401)).toBeLessThan(flooding / 2)
  await isLogged('too many requests', '127.0.0.1')
  await isLogged('no token', '127.0.0.1')
})

/** Sends as much as the host takes of `bytes`, and returns how much left this process, with the answer if one came. */
async function sendMuch(
  headers: Record<string, string>,
  bytes: number,
): Promise<{ sent: number; status: number | null }> {
  const asked = request(`https://${addressOf(host)}/v1/reports`, {
    method: 'POST',
    rejectUnauthorized: false,
    agent: new Agent(),
    headers: { 'content-type': 'application/json', [protocolHeader]: String(protocolVersion), ...headers },
  })
  let status: number | null = null
  let isClosed = false
  let sent = 0
  asked.on('response', (response) => {
    status = response.statusCode ?? null
    response.resume()
  })
  asked.on('socket', (socket) =>
    socket.on('close', () => {
      sent = socket.bytesWritten
    }),
  )
  asked.on('error', () => {})
  asked.on('close', () => {
    isClosed = true
  })
  const part = Buffer.alloc(64 * 1024, '[')
  for (let written = 0; written < bytes && !isClosed; written += part.length) {
    if (!asked.write(part)) await Promise.race([once(asked, 'drain'), once(asked, 'close')]).catch(() => {})
  }
  await until('the host has closed the connection', () => isClosed, Boolean)
  return { sent, status }
}

const hundredMB = 100_000_000

test('a body of 100 MB is not read: not from a participant, with its length or without, nor from a stranger', async () => {
  const { token } = await joinedAs(host)
  const authorization = `Bearer ${token}`
  const announced = await sendMuch({ authorization, 'content-length': String(hundredMB) }, hundredMB)
  const inChunks = await sendMuch({ authorization, 'transfer-encoding': 'chunked' }, hundredMB)
  const ofStranger = await sendMuch({ 'content-length': String(hundredMB) }, hundredMB)
  // What the kernels' buffers hold has left, and is read by nobody.
  for (const { sent } of [announced, inChunks, ofStranger]) expect(sent).toBeLessThan(10_000_000)
  for (const { status } of [announced, inChunks]) expect([413, null]).toContain(status)
  await isLogged('body too large', '127.0.0.1')
  await isLogged('no token', '127.0.0.1')
})

test('what is no HTTPS, and no HTTP within it', async () => {
  const [address = '', port = ''] = addressOf(host).split(':')
  const plain = connectPlain(Number(port), address)
  plain.on('error', () => {}).end('GET /v1/orders HTTP/1.1\r\nhost: x\r\n\r\n')
  const rubbish = connect({ port: Number(port), host: address, rejectUnauthorized: false })
  rubbish.on('error', () => {}).end('\0\x01\x02 rubbish\r\n\r\n')
  await isLogged('not HTTPS', '127.0.0.1')
  await isLogged('not HTTP', '127.0.0.1')
})

test('many connections that say nothing, and requests that never end, take no place from others', async () => {
  const [address = '', port = ''] = addressOf(host).split(':')
  const open = Array.from({ length: 150 }, (_, index) => {
    const socket = connect({ port: Number(port), host: address, rejectUnauthorized: false })
    socket.on('error', () => {}).resume()
    // Half of them begin a request, and leave it at that.
    if (index % 2 === 0) socket.write('POST /v1/join HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n')
    return socket
  })
  await isLogged('too many connections', '127.0.0.1')
  await othersAreServed()
  await until(
    'all of them are closed',
    () => open.filter(({ closed }) => !closed).length,
    (count) => count === 0,
    20_000,
  )
  await isLogged('too slow', '127.0.0.1')
  // The address is not held against it for ever.
  expect(await tryToJoin(passcode)).toMatchObject({ status: 200 })
})

test('a participant has a few connections and an amount of reports', async () => {
  const { token } = await joinedAs(host)
  const agents = Array.from({ length: 8 }, () => new Agent({ keepAlive: true }))
  const body = { reports: [stepReport()] }
  const answers = await Promise.all(agents.map((agent) => ask(host, '/v1/reports', { token, agent, body })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(6)
  for (const agent of agents) agent.destroy()
  const steps = Array.from({ length: 500 }, (_, index) => stepReport({ seq: index + 2, step: `step-${index}` }))
  const statuses: number[] = []
  for (let at = 0; at < steps.length; at += 100) {
    const reports = steps.slice(at, at + 100)
    statuses.push((await ask(host, '/v1/reports', { token, body: { reports } })).status)
  }
  expect(statuses).toEqual([200, 200, 200, 413, 413])
  await isLogged('too much reported', '127.0.0.1')
})

test('the log has no passcode that was tried, no token, no name, and nothing of a body', async () => {
  const token = 'Zm9yYmlkZGVu'.padEnd(43, 'Q')
  await ask(host, '/v1/reports', { token, body: { reports: [stepReport()] } })
  await tryToJoin('secret guess')
  await tryToJoin(passcode, '127.0.0.4', { name: 'Trudy<b>' })
  await isLogged('bad message', '127.0.0.4')
  const text = await logged()
  for (const secret of [token, 'secret guess', passcode, 'Trudy']) expect(text).not.toContain(secret)
})
