/** Taking part in a workshop as people do: on a terminal, by keys; and in lines, through a pipe. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Lab } from '../../src/labs/file/lab.ts'
import { labNamed } from '../../src/labs/file/library.ts'
import { until } from '../until.ts'
import { type HostHere, hostHere } from '../workshop/participant/host-here.ts'
import { commandFolder } from './command.ts'
import { embeddedOnly } from './learner.ts'
import { atTheShell } from './shell.ts'
import { edgelab, lacking, openTerminal, tmux } from './terminal.ts'

let home: string
let host: HostHere
let lab: Lab
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'join-'))
  vi.stubEnv('EDGELAB_HOME', home)
  lab = await labNamed('1')
  host = await hostHere([lab.id])
})
afterAll(async () => {
  await host.close()
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

const titleOf = (at: number): string => lab.steps[at]!.title

describe.skipIf(!tmux)(`on a terminal${lacking}`, () => {
  test('asks for what is missing, opens the lab, shows the workshop above it, and obeys', async () => {
    const path = await embeddedOnly(join(home, 'bin'))
    const terminal = await openTerminal({ columns: 100, rows: 30 }, { ...path, EDGELAB_OFFLINE: '1' })
    try {
      await terminal.line(`${edgelab} join ${host.address} ${host.code.toLowerCase().replaceAll('-', ' ')}`)
      await terminal.until('Your name, as everybody in the room may see it:', 60_000)
      await terminal.line('Ada')
      await terminal.until('Your team (1 blue, 2 orange')
      await terminal.line('2')
      await terminal.until('Passcode:')
      await terminal.line('not this one')
      await terminal.until('The passcode is not the one of this workshop.')
      // For a moment the host looks at no passcode; whoever types has a chance again.
      const answer = /Passcode:\s*$|Workshop “Edges”: connected/
      for (let seen = await terminal.until(answer); !seen.includes('connected'); seen = await terminal.until(answer)) {
        await terminal.line(host.passcode)
        // What is typed twice would be keys of the lab.
        await terminal.changed(seen)
      }
      await terminal.until(titleOf(0))
      expect(host.room().participants).toMatchObject([{ name: 'Ada', team: 'orange', isConnected: true }])

      await host.order({ pauseAt: { lab: lab.id, step: lab.steps[0]!.id } })
      await terminal.until('connected · paused at step 1 of lab 1')
      await terminal.keys('n')
      await terminal.until('The workshop is paused at this step.')
      await host.order({ say: 'Read the first page, please.' })
      await terminal.until('The facilitator says: Read the first page, please.')
      await host.order({ pauseAt: null })
      await terminal.until(/connected *$/m)
      await terminal.keys('n')
      await terminal.until(titleOf(1))
      await until(
        'the host knows the step',
        () => host.room().participants[0]?.at?.step,
        (step) => step === lab.steps[1]!.id,
      )
      await terminal.keys('q')
      const screen = await atTheShell(terminal, 0)
      expect(screen).toContain('The host has everything.')
    } finally {
      await terminal.close()
    }
  }, 120_000)
})

test('in lines, as screen readers and pipes have it: what the facilitator wants is said as it comes', async () => {
  const own = await mkdtemp(join(tmpdir(), 'join-lines-'))
  const args = ['join', host.address, host.code, '--name', 'Grace', '--passcode', host.passcode, '--plain']
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args, '--runtime', 'processes'], {
    env: { ...process.env, EDGELAB_HOME: own, DOCKER_HOST: 'unix:///nonexistent.sock', LANG: 'C.UTF-8' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const says = (what: string) =>
    until(
      `it says ${what}`,
      () => said.replaceAll('\n', ' '),
      (seen) => seen.includes(what),
      60_000,
    )
  try {
    await says('You take part in “Edges” as Grace.')
    await says('Connected with the workshop “Edges”.')
    await says(titleOf(0))
    await host.order({ pauseAt: { lab: lab.id, step: lab.steps[0]!.id } })
    await says('The workshop is paused at step 1 of lab 1: nobody goes beyond it yet.')
    child.stdin.write('next\n')
    await says('The workshop is paused at this step. It goes on when the facilitator lets everybody go on.')
    await host.order({ pauseAt: null })
    await says('The workshop goes on.')
    child.stdin.write('next\n')
    await says(titleOf(1))
    child.stdin.write('quit\n')
    await says('The host has everything.')
    const code = await new Promise((done) => child.once('close', done))
    expect(code).toBe(0)
    const grace = host.room().participants.find(({ name }) => name === 'Grace')
    expect(grace).toMatchObject({ team: null, at: { step: lab.steps[1]!.id } })
  } finally {
    child.kill('SIGKILL')
    await rm(own, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}, 120_000)

test('mistakes in the line are all said at once, and nobody is asked where nobody sits', async () => {
  const folder = await commandFolder()
  try {
    const wrong = await folder.run(['join', 'somewhere', 'abc', '--name', 'A\u0007'])
    expect(wrong.code).toBe(2)
    for (const part of ['“somewhere” is no address with a port', '“abc” is no code', 'cannot be shown as a name']) {
      expect(wrong.stderr.replaceAll(/\s+/g, ' ')).toContain(part)
    }
    const env = { EDGELAB_HOME: join(folder.path, 'home') }
    const silent = await folder.run(['join', host.address, host.code], undefined, env)
    expect(silent).toMatchObject({ code: 2 })
    expect(silent.stderr.replaceAll(/\s+/g, ' ')).toContain(
      'Nobody can be asked here: --name and --passcode must be given.',
    )
    const never = await folder.run(['join'], undefined, env)
    expect(never).toMatchObject({ code: 2 })
    expect(never.stderr).toContain('No workshop was joined here')
  } finally {
    await folder.remove()
  }
}, 120_000)
