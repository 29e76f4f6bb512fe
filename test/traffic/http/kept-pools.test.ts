/** Connections that stay open between plans, against servers that keep them, end them, or never answer. */
import { expect, test } from 'vitest'
import { keptPools } from '../../../src/traffic/http/kept-pools.ts'
import type { Counted } from '../../../src/traffic/measure/tally.ts'
import { answer, rawServer, refusedTarget } from '../raw-server.ts'
import { burst, openPlan, runHere } from '../run-here.ts'

const signal = new AbortController().signal

test('a plan finds the connections of the one before; released, they are closed and opened anew', async () => {
  await using server = await rawServer((socket) => socket.write(answer('hello')))
  const kept = keptPools<Counted>()
  const plan = openPlan(server.target, [burst(5, 20, '/')], { kept: 'one' })
  const first = await runHere(plan, signal, kept)
  expect([first.answered, first.connected]).toEqual([5, 5])
  const second = await runHere(plan, signal, kept)
  expect([second.answered, second.connected, server.accepted()]).toEqual([5, 0, 5])
  kept.release('one')
  const third = await runHere(plan, signal, kept)
  expect([third.answered, third.connected, server.accepted()]).toEqual([5, 5, 10])
  kept.releaseAll()
})

test('two names share no connection', async () => {
  await using server = await rawServer((socket) => socket.write(answer('hello')))
  const kept = keptPools<Counted>()
  for (const name of ['one', 'two']) {
    const { connected } = await runHere(openPlan(server.target, [burst(3, 20, '/')], { kept: name }), signal, kept)
    expect(connected).toBe(3)
  }
  expect(server.accepted()).toBe(6)
  kept.releaseAll()
})

test('what the target closed between two plans is opened before the measured time, and no request is lost', async () => {
  const ends: (() => void)[] = []
  await using server = await rawServer((socket) => {
    socket.write(answer('hello'))
    ends.push(() => socket.end())
  })
  const kept = keptPools<Counted>()
  const plan = openPlan(server.target, [burst(4, 20, '/')], { kept: 'one' })
  await runHere(plan, signal, kept)
  for (const end of ends) end()
  await expect.poll(async () => (await runHere(plan, signal, kept)).answered).toBe(4)
  const { connected, failures } = await runHere(plan, signal, kept)
  expect([connected, failures]).toEqual([0, {}])
  kept.releaseAll()
})

test('a server that ends a connection after so many requests costs a connection in the slice, which is counted', async () => {
  // As NGINX with keepalive_requests 3: the third answer says that it is the last.
  await using server = await rawServer((socket, _request, before) => {
    if (before < 2) socket.write(answer('hello'))
    else socket.end(answer('hello', 'connection: close\r\n'))
  })
  const kept = keptPools<Counted>()
  const plan = openPlan(server.target, [burst(1, 5, '/')], { kept: 'one' })
  const outcomes = []
  for (let n = 0; n < 6; n += 1) outcomes.push(await runHere(plan, signal, kept))
  expect(outcomes.map(({ answered }) => answered)).toEqual([1, 1, 1, 1, 1, 1])
  // The fourth request finds a connection that was opened before its plan began.
  expect(outcomes.map(({ connected }) => connected)).toEqual([1, 0, 0, 0, 0, 0])
  expect(server.accepted()).toBe(2)
  const across = [burst(1, 1, '/'), burst(1, 1, '/'), burst(1, 1, '/'), burst(1, 30, '/')]
  const { answered, connected } = await runHere(openPlan(server.target, across, { kept: 'one' }), signal, kept)
  expect([answered, connected >= 1]).toEqual([4, true])
  kept.releaseAll()
})

test('connections whose answers never came are not handed on', async () => {
  let silent = true
  await using server = await rawServer((socket) => {
    if (!silent) socket.write(answer('hello'))
  })
  const kept = keptPools<Counted>()
  const plan = openPlan(server.target, [burst(2, 5, '/')], { kept: 'one', timeoutMs: 100 })
  expect((await runHere(plan, signal, kept)).failures).toEqual({ timeout: 2 })
  silent = false
  expect(await runHere(plan, signal, kept)).toMatchObject({ answered: 2, failures: {} })
  expect(server.accepted()).toBe(4)
  kept.releaseAll()
})

test('a target that is gone is met in the measured time, and the plan ends', async () => {
  const kept = keptPools<Counted>()
  const target = await refusedTarget()
  const { failures } = await runHere(openPlan(target, [burst(2, 5, '/')], { kept: 'one' }), signal, kept)
  expect(failures).toEqual({ refused: 2 })
  kept.releaseAll()
})

test('a name is one target’s', async () => {
  await using one = await rawServer((socket) => socket.write(answer('hello')))
  await using two = await rawServer((socket) => socket.write(answer('hello')))
  const kept = keptPools<Counted>()
  await runHere(openPlan(one.target, [burst(1, 5, '/')], { kept: 'one' }), signal, kept)
  await expect(runHere(openPlan(two.target, [burst(1, 5, '/')], { kept: 'one' }), signal, kept)).rejects.toThrow(
    'the pool “one” is one to another target',
  )
  kept.releaseAll()
})
