/** A reader's own configuration files: what is wrong with them is said at once; what is right with them runs. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { measure } from '../../../src/commands/run/measure.ts'
import { readOwnConfigurations } from '../../../src/commands/run/own-configurations.ts'
import { findingMetrics } from '../../../src/comparison/findings/registry.ts'
import { EdgeLabError } from '../../../src/errors.ts'
import { usualEffort } from '../../../src/experiment/asked.ts'
import { headerOf } from '../../../src/http/headers.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { type SystemId, systemIds, systems } from '../../../src/systems/index.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const key = 'a-key-of-anns-own'
function scenarioCalled(id: string, origin: string) {
  const text = `formatVersion: 1
id: ${id}
title: Small
question: What reaches the origin?
policy:
  routes: [{ path: /items, origin: ${origin} }]
  apiKey: [{ path: /items, consumers: [{ name: ann, key: ${key} }] }]
origins: { ${origin}: { routes: [{ path: "/items/{id}", body: product }] } }
clients: { web: { consumer: ann } }
traffic: [{ phase: steady, for: 300ms, rate: 50/s, arrivals: constant, mix: [{ get: "/items/{1..9}", client: web }] }]
measure: rounds
rounds: { quick: 1, full: 1 }
`
  return loadScenario(text, 'small.yaml', { systems: systemIds, findings: findingMetrics, makeKey: (name) => name })
}
const scenario = scenarioCalled('small', 'shop')

function written(name: string, text: string | Uint8Array): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** What is wrong, in the order in which it is said; with the folder of the test left out. */
async function mistakes(
  given: readonly string[],
  taking: readonly SystemId[] = systemIds,
  scenarios = [scenario],
): Promise<readonly string[]> {
  const error = await readOwnConfigurations(given, taking, scenarios).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof EdgeLabError)) throw new Error('nothing was wrong')
  expect([error.name, error.exitCode]).toEqual(['badInput', 2])
  return error.problems.map(({ file, line, column, message }) => {
    const place = [file.replace(`${folder}/`, ''), line, column].filter((part) => part !== undefined)
    return `${place.join(':')} ${message}`
  })
}

test('every mistake of every option is said at once', async () => {
  const good = written('good.conf', '')
  const conf = written(
    'my.conf',
    'ok {{listen}} {{configDir}}\n  {{instance shop 2}} {{key bob}}\n{{proxy}} {{instance bar 1}}',
  )
  const latin = written('latin.conf', Uint8Array.from([0x61, 0x0a, 0xe4, 0x0a]))
  const large = written('large.conf', 'x'.repeat(300 * 1024))
  mkdirSync(join(folder, 'empty'))
  mkdirSync(join(folder, 'laid'))
  written('laid/edge.json', '{{key}}')
  symlinkSync(good, join(folder, 'laid/linked.conf'))
  const given = [
    `ngins=${good}`,
    'nginx',
    `=${good}`,
    `direct=${good}`,
    `nginx-lua=${good}`,
    `nginx=${conf}`,
    `nginx=${join(folder, 'nowhere')}`,
    `node-proxy=${latin}`,
    `node-gateway=${large}`,
    `node-gateway=${join(folder, 'empty')}`,
    `node-gateway=${join(folder, 'laid')}`,
  ]
  expect(await mistakes(given, ['direct', 'nginx', 'node-proxy', 'node-gateway'])).toEqual([
    'good.conf “ngins” is not a system; did you mean “nginx”?',
    'nginx write --config <system>=<file or folder>',
    '=good.conf write --config <system>=<file or folder>',
    'good.conf direct is not started by EdgeLab, so there is nothing to configure',
    'good.conf nginx-lua takes no part in this run: --systems names direct, nginx, node-proxy, node-gateway',
    'my.conf:2:3 {{instance shop 2}}: there is no such instance of an origin',
    'my.conf:2:23 {{key bob}}: the policy has no consumer “bob”',
    'my.conf:3:1 {{proxy}} means nothing in a native file',
    'my.conf:3:11 {{instance bar 1}}: there is no such instance of an origin',
    'nowhere nginx has a configuration already',
    'nowhere there is no such file',
    'latin.conf it cannot be read: it is not UTF-8: line 2 has bytes of another encoding; save it as UTF-8',
    'large.conf it is larger than 256 KB',
    'empty node-gateway has a configuration already',
    'empty there is no file in this folder',
    'laid node-gateway has a configuration already',
    'laid/linked.conf only plain files are used: this one leads elsewhere',
    'laid/edge.json:1:1 {{key}} means nothing in a native file',
  ])
})

test('what one scenario of several does not know is said with its name', async () => {
  const conf = written('my.conf', '{{instance shop 1}} {{key bob}}')
  expect(await mistakes([`nginx=${conf}`], systemIds, [scenario, scenarioCalled('other', 'bar')])).toEqual([
    'my.conf:1:1 {{instance shop 1}}: there is no such instance of an origin (in scenario other)',
    'my.conf:1:21 {{key bob}}: the policy has no consumer “bob”',
  ])
})

test('a single file takes the place of the main one, a folder is laid over by its paths', async () => {
  mkdirSync(join(folder, 'laid/lua'), { recursive: true })
  written('laid/lua/a.lua', 'return 1')
  const given = [`nginx=${written('mine.txt', 'mine')}`, `nginx-lua=${join(folder, 'laid')}/`]
  expect((await readOwnConfigurations(given, systemIds, [scenario])).map(({ files }) => files)).toEqual([
    [{ path: 'nginx.conf', text: 'mine' }],
    [{ path: 'lua/a.lua', text: 'return 1' }],
  ])
})

/** What the policy compiles to, as somebody writes it by hand who knows neither ports nor keys; and tells no origin who asks. */
function ownEdge(): string {
  const site = {
    listen: { host: 'LISTEN', port: 1 },
    origins: { shop: [{ host: 'SHOP', port: 1 }] },
    configDir: '/',
    scratchDir: '/',
  }
  const [file] = systems['node-gateway'].compile(scenario.policy, site).files
  return file!.text
    .replace('LISTEN:1', '{{listen}}')
    .replace('SHOP:1', '{{instance shop 1}}')
    .replace(key, '{{key ann}}')
    .replace('"forwarded": true', '"forwarded": false')
}

test('it runs beside what the policy compiles to, and the record tells the two apart', async () => {
  const path = written('my edge.json', ownEdge())
  const taking = ['node-gateway', 'node-gateway'] as const
  const own = await readOwnConfigurations([`node-gateway=${path}`], taking, [scenario])
  const out = join(folder, 'run')
  const options = {
    systems: taking,
    own,
    runtime: 'processes' as const,
    command: 'edgelab run',
    out,
    asked: usualEffort.quick,
  }
  const observer = { emit: () => undefined, note: () => undefined, signal: new AbortController().signal }
  const { model, exitCode } = await measure([scenario], options, observer)
  expect(exitCode).toBe(0)
  const { subjects, rounds } = model.record.scenarios[0]!
  const told = ['direct', 'node-gateway', 'node-gateway-own'].map((label) => {
    const { answered, origins } = rounds.find((round) => round.label === label)!
    return [label, answered, headerOf(origins[0]!.last[0]!.headers, 'x-forwarded-for') !== undefined]
  })
  expect(told).toEqual([
    ['direct', 15, false],
    ['node-gateway', 15, true],
    ['node-gateway-own', 15, false],
  ])

  const [compiled, mine] = ['node-gateway', 'node-gateway-own'].map(
    (name) => subjects.find(({ label }) => label === name)!,
  )
  expect(new Set(mine!.native.fidelity.map(({ level }) => level))).toEqual(new Set(['unknown']))
  expect(mine!.proof.filter(({ state }) => state === 'passed').length).toBeGreaterThan(3)
  const [shown] = mine!.native.files
  expect(shown!.text).toContain('"forwarded": false')
  expect(shown!.text).toContain('KEY-OF-ann')
  expect([mine!.effort.configLines, mine!.effort.scriptLines]).toEqual([
    compiled!.effort.configLines,
    compiled!.effort.scriptLines,
  ])
  expect([Object.keys(compiled!.effort.features), mine!.effort.features]).toEqual([['apiKey'], {}])
  expect(model.record.command).toContain(` --config 'node-gateway=${path}'`)
  expect(await readFile(join(out, 'run.json'), 'utf8')).not.toContain(key)
}, 60_000)
