import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { headerOf } from '../../../src/http/headers.ts'
import type { Lab, RunStep } from '../../../src/labs/file/lab.ts'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import type { Observation } from '../../../src/labs/progress/observation.ts'
import type { Cast } from '../../../src/labs/run/cast.ts'
import { observeRun } from '../../../src/labs/run/observe.ts'
import { castOf, type Workspace, workspaceOf } from '../task-environment-here.ts'

// Each starts a dozen processes, beside those of two other files.
vi.setConfig({ testTimeout: 120_000 })

const fixture = 'test/labs/fixture-lab/07-fixture'
let lab: Lab
let cast: Cast
let workspace: Workspace
beforeAll(async () => {
  lab = await loadLab(fixture)
  // The embedded systems: they are there everywhere.
  cast = castOf(lab.roles.map((role) => ({ ...role, systems: [role.systems.at(-1)!] })))
  workspace = workspaceOf()
  workspace.copy(`${fixture}/files`)
})
afterAll(() => workspace.remove())

function observe(id: string, signal = new AbortController().signal): Promise<Observation & { lines: string[] }> {
  const step = lab.steps.find((each): each is RunStep => each.id === id && each.type === 'run')!
  const lines: string[] = []
  const line = (text: string): void => void lines.push(text)
  return observeRun({ lab, step, cast, workspace: workspace.path, seed: 1, signal, line }).then((seen) => ({
    ...seen,
    lines,
  }))
}

test('a request sequence: the same through each role, with what each origin saw', async () => {
  const { roles, findings, lines, step } = await observe('ask')
  expect(step).toBe('ask')
  expect(findings).toEqual([])
  expect(Object.keys(roles)).toEqual(['direct', 'proxy', 'gateway'])
  for (const { problem, counts, origin } of Object.values(roles)) {
    expect(problem).toBe('')
    expect(counts).toMatchObject({ web: { sent: 2, accepted: 2 }, missing: { sent: 1, refused: 1 } })
    expect(origin.paths['/products/7']).toBe(2)
  }
  const forwarded = (role: string) => headerOf(roles[role]!.origin.last.at(-1)!.headers, 'x-forwarded-for')
  expect(forwarded('proxy')).toBeUndefined()
  expect(forwarded('gateway')).toBe('127.0.0.1')
  expect(lines).toEqual([
    'Starting direct, node-proxy, node-gateway',
    expect.stringContaining('through direct'),
    'GET /products/7 as web, 2 times; then GET /nothing as web, through node-proxy',
    expect.stringContaining('through node-gateway'),
  ])
})

test('a scenario’s own traffic: findings, figures and counts by client', async () => {
  const { roles, findings, lines } = await observe('measured')
  expect(findings.map(({ id }) => id)).toEqual(['latency'])
  expect(roles['proxy']).toMatchObject({ label: 'node-proxy', problem: '', metrics: { latency: { errors: 0 } } })
  const { counts, origin } = roles['proxy']!
  expect(counts['web']?.accepted).toBeGreaterThan(0)
  expect(origin.requests).toBe(counts['web']?.sent)
  expect(lines.join('\n')).toContain('Round 1 of 1 through node-proxy')
})

test('a role whose files have a mistake is absent with the reason; the others are seen', async () => {
  workspace.write('native/node-proxy/edge.json', '{')
  for (const id of ['ask', 'measured']) {
    const { roles } = await observe(id)
    expect(roles['proxy']?.problem).toMatch(/^native\/node-proxy\/edge\.json: not JSON: /)
    expect(roles['gateway']?.origin.requests).toBeGreaterThan(0)
  }
  workspace.copy(`${fixture}/files`)
})

test('a scenario that does not load is bad input, located; stopping is no result', async () => {
  const scenario = readFileSync(`${fixture}/files/shop.yaml`, 'utf8')
  workspace.write('shop.yaml', scenario.replace('rate: 50/s', 'rate: 50'))
  await expect(observe('ask')).rejects.toMatchObject({ name: 'badInput', problems: [{ file: 'shop.yaml', line: 16 }] })
  workspace.write('shop.yaml', scenario)
  const stop = new AbortController()
  stop.abort()
  await expect(observe('ask', stop.signal)).rejects.toMatchObject({ name: 'interrupted' })
  await expect(observe('measured', stop.signal)).rejects.toMatchObject({ name: 'interrupted' })
})
