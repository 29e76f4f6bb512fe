/** Joining a real host; and everybody who only looks like one. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EdgeLabError } from '../../../src/errors.ts'
import { version } from '../../../src/package-root.ts'
import { findHost, joinWorkshop, type Wanted } from '../../../src/workshop/participant/join-workshop.ts'
import { lastMembership, membershipHome } from '../../../src/workshop/participant/membership.ts'
import { participate } from '../../../src/workshop/participant/participation.ts'
import { until } from '../../until.ts'
import { type HostHere, hostHere, impostor, plainListener, recorder } from './host-here.ts'

let home: string
let host: HostHere
const open: { close(): Promise<void> }[] = []
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'joining-'))
  vi.stubEnv('EDGELAB_HOME', home)
  host = await hostHere()
  open.push(host)
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

function wanted(change: Partial<Wanted> = {}): Wanted {
  const { address, code, passcode } = host
  const machine = { version: '0.1.0', runtime: 'processes' as const, systems: ['nginx'] }
  return { address, code, passcode, name: 'Ada', team: 'blue', machine, ...change }
}

function failure(doing: Promise<unknown>): Promise<EdgeLabError> {
  return doing.then(
    () => {
      throw new Error('it succeeded')
    },
    (error: EdgeLabError) => error,
  )
}

test('whoever has code and passcode is in; the token is for this user’s eyes only', async () => {
  const joined = await joinWorkshop(wanted())
  expect(joined.joined.workshop).toMatchObject({ title: 'Edges', labs: ['sample', 'later'] })
  expect(host.room().participants).toMatchObject([{ name: 'Ada', team: 'blue', machine: { systems: ['nginx'] } }])
  const { mode } = await stat(membershipHome(host.code).membership)
  expect(mode & 0o777).toBe(0o600)
  expect((await stat(join(home, 'joined'))).mode & 0o777).toBe(0o700)
  expect(await lastMembership()).toEqual(joined)
})

test('who joins again, under another name perhaps, is the same person', async () => {
  const first = await joinWorkshop(wanted())
  const again = await joinWorkshop(wanted({ name: 'Ada L.', team: null }))
  expect(again.participant).toBe(first.participant)
  expect(again.joined.token).not.toBe(first.joined.token)
  expect(host.room().participants).toMatchObject([{ name: 'Ada L.', team: null }])
})

test('a wrong passcode is said to be one, and nothing is kept as joined', async () => {
  expect((await failure(joinWorkshop(wanted({ passcode: 'guessed' })))).name).toBe('wrongPasscode')
  expect(await lastMembership()).toBeUndefined()
})

test('a forged certificate: refused in plain words before a single byte is sent', async () => {
  const forged = await impostor()
  open.push(forged)
  for (const doing of [
    () => joinWorkshop(wanted({ address: forged.address })),
    () => findHost(forged.address, host.code),
  ]) {
    const { name, message } = await failure(doing())
    expect(name).toBe('foreignHost')
    expect(message).toContain(`Whoever answers at ${forged.address} shows another certificate`)
  }
  expect(forged.received()).toHaveLength(0)
  // The real host is found by the same code.
  await findHost(host.address, host.code)
})

test('a code that is wrong in one place is another host’s', async () => {
  const other = host.code.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  expect((await failure(joinWorkshop(wanted({ code: other })))).name).toBe('foreignHost')
})

test('nobody there, and somebody who speaks no HTTPS, in words', async () => {
  const plain = await plainListener()
  open.push(plain)
  expect((await failure(joinWorkshop(wanted({ address: plain.address })))).message).toBe(
    `${plain.address}: whoever answers there does not speak HTTPS.`,
  )
  await open.pop()!.close()
  expect((await failure(joinWorkshop(wanted({ address: plain.address })))).message).toBe(
    `${plain.address}: nobody listens at this address.`,
  )
})

test('another protocol than the host’s: refused in plain words, with both versions', async () => {
  const newer = await recorder(host, (bytes) =>
    Buffer.from(bytes.toString('latin1').replace('edgelab-protocol: 1', 'edgelab-protocol: 2'), 'latin1'),
  )
  open.push(newer)
  const { name, message, hint } = await failure(joinWorkshop(wanted({ address: newer.address })))
  expect(name).toBe('otherProtocol')
  expect(message).toBe(
    `They do not understand each other: this is EdgeLab ${version}, which speaks protocol 1, and the host has EdgeLab ${version}, which speaks protocol 1.`,
  )
  expect(hint).toContain('take the same')
  expect(host.room().participants).toEqual([])
  // Whoever was in already and has another version now is told the same.
  const member = await joinWorkshop(wanted())
  const participation = await participate({ ...member, address: newer.address }, [])
  open.push(participation)
  const seen = await until('it is refused', participation.state, ({ connection }) => connection === 'refused')
  expect(seen.why).toContain(`the host has EdgeLab ${version}, which speaks protocol 1`)
})

test('the host’s version is known to whoever has joined', async () => {
  expect((await joinWorkshop(wanted())).joined.version).toBe(version)
})

test('a workshop that is over lets nobody in, and says so', async () => {
  await host.order({ end: true })
  const { name, message } = await failure(joinWorkshop(wanted()))
  expect({ name, message }).toEqual({ name: 'joinRefused', message: 'Workshop is over.' })
})
