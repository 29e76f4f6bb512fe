/** A lab in containers, left in the middle of a run or a task: none of them stays, and no network. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostLabel, hostOf, runLabel } from '../../src/runtime/cleanup/labels.ts'
import { askEngine, engine } from '../../src/runtime/containers/engine.ts'
import { imageHere } from '../../src/runtime/images/table.ts'
import { systems } from '../../src/systems/index.ts'
import { nodeImage } from '../../src/systems/node-core/image.ts'
import { launchOf } from '../../src/systems/system.ts'
import { pidsWhere } from '../runtime/aftermath.ts'
import { type Learner, learnerAt, patienceMs } from './learner.ts'
import { edgelab, openTerminal, type TestTerminal, lacking as tmuxLacking } from './terminal.ts'

const state = await askEngine()
const images =
  state.answers && (await Promise.all([nodeImage, launchOf(systems.nginx)!.image].map(imageHere))).every(Boolean)
const lacking = tmuxLacking || (state.answers ? (images ? '' : ': skipped, no images') : `: skipped, ${state.why}`)
const lab = resolve('test/labs/fixture-lab/07-fixture')

describe.skipIf(lacking !== '' || process.platform !== 'linux')(`leaving a lab in containers${lacking}`, () => {
  let home = ''
  let terminal: TestTerminal
  let learner: Learner

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'lab-quit-containers-'))
  })
  afterAll(async () => {
    await terminal?.close()
    await rm(home, { recursive: true, force: true })
  })

  /** The app itself: its launcher and its guardians have the same environment. */
  const appNow = (): number => {
    const ours = pidsWhere('environ', (variables) => variables.includes(`EDGELAB_HOME=${home}`))
    return pidsWhere('cmdline', (words) => words[1]?.endsWith('/dist/cli.js') === true).find((pid) =>
      ours.includes(pid),
    )!
  }

  async function enter(step: number, title: string): Promise<number> {
    const { DOCKER_HOST = 'unix:///var/run/docker.sock' } = process.env
    terminal = await openTerminal({ columns: 80, rows: 24 }, { EDGELAB_HOME: home, DOCKER_HOST })
    learner = learnerAt(terminal)
    await terminal.line(`${edgelab} lab ${lab}`)
    await learner.arrives(step, title)
    return appNow()
  }

  /** Containers and networks whose host this EdgeLab is. */
  async function counted(app: number): Promise<{ readonly containers: number; readonly networks: number }> {
    const filters = { label: [runLabel] }
    const isOurs = ({ Labels }: { readonly Labels?: Readonly<Record<string, string>> | undefined }): boolean =>
      hostOf(Labels?.[hostLabel]).pid === app
    const containers = (await engine().listContainers({ all: true, filters })).filter(isOurs)
    const networks = (await engine().listNetworks({ filters })).filter(isOurs)
    return { containers: containers.length, networks: networks.length }
  }

  async function leave(app: number, way: 'kill -9' | 'closed window'): Promise<void> {
    expect((await counted(app)).networks).toBe(2)
    if (way === 'kill -9') process.kill(app, 'SIGKILL')
    else await terminal.close()
    await expect
      .poll(() => counted(app), { timeout: patienceMs, interval: 100 })
      .toEqual({ containers: 0, networks: 0 })
    if (way === 'closed window') return
    await expect.poll(terminal.state, { timeout: patienceMs, interval: 50 }).toEqual({ alternate: false, cursor: true })
    await terminal.close()
  }

  const hasContainers = (app: number, count: number): Promise<void> =>
    expect
      .poll(async () => (await counted(app)).containers, { timeout: patienceMs, interval: 50 })
      .toBeGreaterThanOrEqual(count)

  test.each(['kill -9', 'closed window'] as const)('a run under way: %s', async (way) => {
    const isFirst = way === 'kill -9'
    const app = await enter(isFirst ? 1 : 3, isFirst ? 'Before you begin' : 'One request')
    if (isFirst) await predict()
    await terminal.keys('r')
    await hasContainers(app, 2)
    await leave(app, way)
  })

  test.each(['kill -9', 'closed window'] as const)('a task whose systems stand: %s', async (way) => {
    const isFirst = way === 'kill -9'
    const app = await enter(isFirst ? 3 : 7, isFirst ? 'One request' : 'Tell the origin')
    if (isFirst) await goOnToTask()
    await hasContainers(app, 5)
    await leave(app, way)
  })

  async function predict(): Promise<void> {
    await terminal.keys('n')
    await learner.arrives(2, 'Your guess')
    await learner.choose('The client’s', 'Right')
    await learner.choose('The client’s', 'Right')
    await learner.write('2')
    await learner.choose('guess', 'Right')
    await learner.commit()
    await terminal.keys('n')
    await learner.arrives(3, 'One request')
  }

  async function goOnToTask(): Promise<void> {
    await terminal.keys('r')
    await terminal.until('Next: What was there', patienceMs)
    await terminal.keys('n')
    await learner.arrives(4, 'What was there')
    await learner.choose('Yes')
    await learner.commit()
    await terminal.keys('n')
    await learner.arrives(5, 'Why')
    await learner.write('Because')
    await learner.commit()
    await terminal.keys('n')
    await learner.arrives(6, 'Some traffic')
    await terminal.keys('r')
    await terminal.until('Next: Tell the origin', patienceMs)
    await terminal.keys('n')
    await learner.arrives(7, 'Tell the origin')
  }
})
