/** `edgelab host` as it is typed: in lines, with commands from its own terminal and from another one. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../until.ts'
import { ask } from '../workshop/host/here.ts'
import { joinRequest } from '../workshop/people.ts'
import { type CommandFolder, commandFolder } from './command.ts'

let folder: CommandFolder
let env: NodeJS.ProcessEnv
const hosts: ChildProcess[] = []

beforeEach(async () => {
  folder = await commandFolder()
  env = { EDGELAB_HOME: join(folder.path, 'home') }
})
afterEach(async () => {
  for (const host of hosts.splice(0)) {
    if (host.exitCode !== null || host.signalCode !== null) continue
    host.kill('SIGKILL')
    await once(host, 'close')
  }
  await folder.remove()
})

interface RunningHost {
  readonly child: ChildProcess
  said(): string
  /** Of a host, as tests ask it. */
  readonly joinLines: readonly string[]
}

/** Each of these tests starts EdgeLab several times, which takes its time on a machine that is busy. */
const patienceMs = 60_000

const settings = ['--listen', '127.0.0.1', '--lab', '1', '--passcode', 'open sesame']

async function startHost(...args: string[]): Promise<RunningHost> {
  const child = folder.start(['host', ...args], ['pipe', 'pipe', 'pipe'], env)
  hosts.push(child)
  let text = ''
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  await until(
    'it says how to join',
    () => text,
    (said) => said.includes('Ctrl-C leaves'),
    patienceMs,
  )
  const joinLines = [...text.matchAll(/edgelab join (.*)/g)].map(([, line]) => line!)
  return { child, said: () => text, joinLines }
}

async function hears(host: RunningHost, what: string | RegExp): Promise<void> {
  await until(`it says ${what}`, host.said, (said) => said.search(what) >= 0, patienceMs)
}

test('a workshop in lines, left and gone on with', { timeout: 2 * patienceMs }, async () => {
  const host = await startHost(...settings)
  expect(host.said()).toContain('Passcode:   open sesame')
  expect(host.said()).toMatch(/Listening on 127\.0\.0\.1:\d+/)
  const body = joinRequest({ passcode: 'Open Sesame', name: 'Zoë' })
  expect(await ask(host, '/v1/join', { body })).toMatchObject({ status: 200 })
  await hears(host, /\d\d:\d\d {2}Zoë joined: 2 systems can run there, as processes\./)

  host.child.stdin!.write('pause guess\nwho\nnonsense\nsay\n')
  await hears(host, /Paused: nobody goes beyond step \d+ of \d+ of lab 1/)
  await hears(host, '1 joined, 0 of them connected:')
  await hears(host, '“nonsense” is nothing that can be typed here.')
  await hears(host, 'There is nothing to say.')

  const elsewhere = await folder.run(['host', 'say', 'Five', 'minutes', 'to', 'go'], undefined, env)
  expect(elsewhere).toMatchObject({ code: 0, stdout: 'Told the host of “EdgeLab workshop”.\n', stderr: '' })
  await hears(host, 'Said to everybody: Five minutes to go')
  const wrong = await folder.run(['host', 'pause', 'gess'], undefined, env)
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toContain('Did you mean guess?')
  const nobody = await folder.run(['host', 'remove', 'Zoo'], undefined, env)
  expect(nobody.code).toBe(2)
  expect(nobody.stderr).toContain('Did you mean Zoë?')
  expect(await folder.run(['host', 'remove', 'zoë'], undefined, env)).toMatchObject({ code: 0, stderr: '' })
  await hears(host, /Zoë \(#1\) was removed; what they answered counts no more\./)
  expect(await ask(host, '/v1/join', { body })).toMatchObject({ status: 403 })
  const other = joinRequest({ passcode: 'Open Sesame', name: 'Zoë' })
  expect(await ask(host, '/v1/join', { body: other })).toMatchObject({ status: 200 })
  const second = await folder.run(['host', ...settings], undefined, env)
  expect(second).toMatchObject({ code: 3, stdout: '' })
  expect(second.stderr).toContain('The workshop is open already')

  host.child.kill('SIGINT')
  await once(host.child, 'close')
  expect(host.child.exitCode).toBe(0)
  expect(host.said()).toContain('To go on with “EdgeLab workshop”: edgelab host')

  const silent = await folder.run(['host', 'release'], undefined, env)
  expect(silent.code).toBe(3)
  expect(silent.stderr).toContain('nobody listens there')

  const again = await startHost('--listen', '127.0.0.1')
  expect(again.joinLines).toEqual(host.joinLines)
  expect(again.said()).toMatch(/It goes on where it was: begun at \d\d:\d\d, 1 joined\./)
  again.child.stdin!.end('end now\n')
  await hears(again, 'The workshop is over')
  // The end of its input ends nothing.
  expect(await ask(again, '/v1/join', { body: other })).toMatchObject({ status: 410 })
  again.child.kill('SIGTERM')
  await once(again.child, 'close')
  expect(again.said()).not.toContain('To go on')
})

test('what is typed wrongly is said before anything listens', { timeout: 2 * patienceMs }, async () => {
  for (const args of [
    ['--lab', 'nowhere'],
    ['--port', '70000'],
    ['--listen', 'everywhere'],
    ['--passcode', '12 - 34'],
    ['--title', '<b>'],
  ]) {
    const { code, stdout, stderr } = await folder.run(['host', ...args], undefined, env)
    expect([args, code, stdout]).toEqual([args, 2, ''])
    expect(stderr).toMatch(/^\S/)
  }
  const nothing = await folder.run(['host', 'say', 'Hello'], undefined, env)
  expect(nothing.code).toBe(2)
  expect(nothing.stderr).toContain('No workshop was begun on this machine.')
})
