import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { headerOf } from '../../../src/http/headers.ts'
import type { CheckVerdict } from '../../../src/labs/file/check.ts'
import type { TaskCheck, TaskStep } from '../../../src/labs/file/lab.ts'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import type { TaskEnvironment } from '../../../src/labs/run/task-environment.ts'
import type { SystemId } from '../../../src/systems/index.ts'
import { nginxRuns, openEnvironment, role, type Workspace, workspaceOf } from '../task-environment-here.ts'

const fixture = 'test/labs/fixture-lab/07-fixture'
let checks: readonly TaskCheck[]
beforeAll(async () => {
  const step = (await loadLab(fixture)).steps.find((each): each is TaskStep => each.type === 'task')!
  checks = step.checks.filter(({ id }) => id !== 'spoken')
})

/** Linux gives loopback all of 127.0.0.0/8. */
const secondAddress = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1'

const states = (verdicts: readonly CheckVerdict[]) => Object.fromEntries(verdicts.map(({ id, state }) => [id, state]))

const systems: readonly { system: SystemId; file: string; broken: (text: string) => string; place: RegExp }[] = [
  {
    system: 'node-proxy',
    file: 'native/node-proxy/edge.json',
    broken: (text) => text.replace('"keepAlive": true', '"keepAlive": "yes"'),
    place: /^native\/node-proxy\/edge\.json: keepAlive: should be true or false/,
  },
  {
    system: 'nginx',
    file: 'native/nginx/nginx.conf',
    broken: (text) => text.replace('proxy_pass', 'prox_pass'),
    place: /^native\/nginx\/nginx\.conf, line 27: unknown directive "prox_pass"/,
  },
]

describe.each(systems)('a task on $system', ({ system, file, broken, place }) => {
  let workspace: Workspace
  let environment: TaskEnvironment
  const skip = system === 'nginx' && !nginxRuns
  const starting = readFileSync(`${fixture}/files/${file}`, 'utf8')
  beforeAll(async () => {
    if (skip) return
    workspace = workspaceOf()
    workspace.copy(`${fixture}/files`)
    environment = await openEnvironment(workspace, [role('proxy', system, `native/${system}`)])
  })
  afterAll(async () => {
    await environment?.close()
    workspace?.remove()
  })
  const judge = async (): Promise<readonly CheckVerdict[]> => {
    await environment.refresh()
    return environment.judge(checks, () => undefined)
  }

  test.skipIf(skip)('fails on the starting files, passes with the solution, and fails again without it', async () => {
    const before = await judge()
    expect(states(before)).toEqual({ valid: 'right', address: 'wrong', answers: 'right' })
    expect(before[1]).toMatchObject({
      request: `GET /products/7 as web, from the client’s address no. 2, through ${system}`,
      expected: `x-forwarded-for is the client’s address, ${secondAddress}, x-forwarded-proto is “http”`,
      difference: 'at the origin x-forwarded-for is not there',
    })
    workspace.copy(`${fixture}/solution`)
    const solved = await judge()
    expect(states(solved)).toEqual({ valid: 'right', address: 'right', answers: 'right' })
    // Where there is one address only, that is said with what was received.
    expect(solved[1]!.received.includes('this machine has no 127.0.0.2')).toBe(secondAddress === '127.0.0.1')
    workspace.write(file, starting)
    expect(states(await judge())).toEqual({ valid: 'right', address: 'wrong', answers: 'right' })
  })

  test.skipIf(skip)(
    'a file that was removed makes every check wrong: what the policy says does not stand in for it',
    async () => {
      rmSync(join(workspace.path, file))
      const verdicts = await judge()
      expect(states(verdicts)).toEqual({ valid: 'wrong', address: 'wrong', answers: 'wrong' })
      expect(verdicts[0]?.difference).toBe(`${file}: it is gone: reset the step to get it back`)
      workspace.write(file, starting)
      expect(states(await judge())).toMatchObject({ valid: 'right' })
    },
  )

  test.skipIf(skip)('a syntax error makes every check wrong with its place, and goes with it', async () => {
    workspace.write(file, broken(starting))
    const verdicts = await judge()
    expect(states(verdicts)).toEqual({ valid: 'wrong', address: 'wrong', answers: 'wrong' })
    for (const { difference } of verdicts) expect(difference).toMatch(place)
    workspace.write(file, starting)
    expect(states(await judge())).toMatchObject({ valid: 'right' })
  })

  test.skipIf(skip)('a mistake in the scenario is the learner’s too', async () => {
    const scenario = readFileSync(`${fixture}/files/shop.yaml`, 'utf8')
    workspace.write('shop.yaml', scenario.replace('origin: catalogue', 'origin: shop'))
    const verdicts = await judge()
    expect(states(verdicts)).toEqual({ valid: 'wrong', address: 'wrong', answers: 'wrong' })
    expect(verdicts[0]?.difference).toBe(
      'shop.yaml, line 7, policy.routes.0.origin: there is no origin “shop” in this file; it has catalogue',
    )
    workspace.write(
      'shop.yaml',
      scenario.replace('web: { accept', 'browser: { accept').replace('client: web', 'client: browser'),
    )
    expect((await judge())[1]).toMatchObject({
      state: 'wrong',
      difference: expect.stringContaining('there is no client “web” any more'),
    })
    workspace.write('shop.yaml', scenario)
    expect(states(await judge())).toMatchObject({ valid: 'right' })
  })

  test.skipIf(skip)('a placeholder that means nothing is located', async () => {
    workspace.write(file, starting.replace('{{instance catalogue 2}}', '{{instance catalogue 3}}'))
    expect((await judge())[0]?.difference).toMatch(
      /^native\/.*, line \d+: \{\{instance catalogue 3\}\}: there is no such instance of an origin$/,
    )
    workspace.write(file, starting)
  })

  test.skipIf(skip)('requests through a role and directly, with what the origin saw', async () => {
    await judge()
    const line = {
      as: 'web',
      method: 'GET',
      path: '/products/7',
      client: 'web',
      headers: [],
      times: 4,
      together: false,
      afterMs: 0,
    }
    const { direct, proxy } = await environment.request([line], ['direct', 'proxy'])
    expect(direct).toMatchObject({ label: 'direct', problem: '', origin: { requests: 4, connections: 1 } })
    expect(proxy).toMatchObject({ label: system, problem: '', counts: { web: { sent: 4, accepted: 4 } } })
    expect(proxy?.origin.paths).toEqual({ '/products/7': 4 })
    expect(headerOf(proxy!.origin.last.at(-1)!.headers, 'x-forwarded-for')).toBeUndefined()
    expect(proxy?.version).toMatch(system === 'nginx' ? /^nginx\// : /^Node /)
  })
})

describe('what cannot be judged', () => {
  const opened: TaskEnvironment[] = []
  const workspaces: Workspace[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((environment) => environment.close()))
    for (const workspace of workspaces.splice(0)) workspace.remove()
  })

  test('a task environment that was closed meanwhile tells nothing, and nothing hangs', async () => {
    const workspace = workspaceOf()
    workspaces.push(workspace)
    workspace.copy(`${fixture}/files`)
    const environment = await openEnvironment(workspace, [role('proxy', 'node-proxy', 'native/node-proxy')])
    opened.push(environment)
    const judging = environment.judge(checks, () => undefined)
    await environment.close()
    const last = (await judging).at(-1)
    expect(last?.state).toBe('unknown')
    expect(last?.difference).toBe('')
  })
})
