/** A gateway that EdgeLab did not start takes part in a run, as somebody with a gateway of their own would have it do. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { scenariosNamed } from '../../../../src/commands/inputs.ts'
import { measure } from '../../../../src/commands/run/measure.ts'
import { readKeys } from '../../../../src/commands/run/targets/keys.ts'
import { readTargets, type TargetFlags } from '../../../../src/commands/run/targets/targets.ts'
import { whatItHasToDo } from '../../../../src/commands/run/targets/what-it-has-to-do.ts'
import { EdgeLabError } from '../../../../src/errors.ts'
import { usualEffort } from '../../../../src/experiment/asked.ts'
import { choosePorts } from '../../../../src/runtime/processes/ports.ts'
import { openProcesses } from '../../../../src/runtime/processes/processes.ts'
import { systems } from '../../../../src/systems/index.ts'
import { launchOf } from '../../../../src/systems/system.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'targets-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const text = `formatVersion: 1
id: small
title: Small
question: Does it take part?
policy:
  routes: [{ path: /items, origin: shop }]
  apiKey: [{ path: /items, consumers: [ann, bob] }]
origins: { shop: { instances: 2, routes: [{ path: "/items/{id}", body: product }] } }
clients: { web: { consumer: ann } }
traffic: [{ phase: steady, for: 300ms, rate: 50/s, arrivals: constant, mix: [{ get: "/items/{1..9}", client: web }] }]
measure: rounds
rounds: { quick: 1, full: 1 }
`

async function written(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

async function reading(flags: Partial<TargetFlags>, keysFile?: string, scenario = text) {
  const keys = await readKeys(keysFile)
  const scenarios = await scenariosNamed([await written('small.yaml', scenario)], keys.makeKey)
  const targets = await readTargets(
    { runtime: 'auto', ...flags },
    { scenarios, asked: { ...usualEffort.default, rounds: 2 }, keys },
  )
  return { scenarios, targets }
}

/** What is wrong, in the order in which it is said; with the folder of the test left out. */
async function mistakes(...read: Parameters<typeof reading>): Promise<readonly string[]> {
  const error = await reading(...read).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof EdgeLabError)) throw new Error('nothing was wrong')
  expect([error.name, error.exitCode]).toEqual(['badInput', 2])
  return error.problems.map(({ file, message }) => `${file.replace(`${folder}/`, '')}: ${message}`)
}

const mine = 'mine=http://127.0.0.1:8080'

test('every mistake of every option is said at once', async () => {
  const keys = await written('keys.yaml', 'ann: a-key-of-anns\ncarl: a-key-of-carls\n')
  const target = [
    'mine',
    '=http://127.0.0.1',
    'Mine=http://127.0.0.1',
    'nginx=http://127.0.0.1',
    mine,
    mine,
    'a=127.0.0.1:80',
    'b=https://127.0.0.1',
    'c=http://127.0.0.1/path',
    'd=http://user:password@127.0.0.1',
    'e=http://nobody.invalid',
    'f=http://127.0.0.1:0',
    'g=http://192.0.2.1:80',
    'h=http://169.254.169.254',
    'i=http://0.0.0.0:80',
  ]
  expect(await mistakes({ target, origins: '192.0.2.1:80', runtime: 'containers' }, keys)).toMatchInlineSnapshot(`
    [
      "--origins 192.0.2.1:80: this machine does not have the address 192.0.2.1",
      "--runtime containers: nobody outside reaches the origins in containers: what runs already and --origins need --runtime processes",
      "keys.yaml: no scenario of this run asks for the key of “carl”",
      "keys.yaml: nothing that runs already can know keys that are made for the run, those of bob: write “name: key” for each into a file, and name it with --keys",
      "--target mine: write --target <name>=http://<host>:<port>",
      "--target =http://127.0.0.1: write --target <name>=http://<host>:<port>",
      "--target Mine=http://127.0.0.1: “Mine” is not a name: use a–z, 0–9 and -, beginning with a letter",
      "--target nginx=http://127.0.0.1: “nginx” is what EdgeLab calls something else: choose another name",
      "--target mine=http://127.0.0.1:8080: another target is called “mine” already",
      "--target a=127.0.0.1:80: “127.0.0.1:80” is not a URL: write http://<host>:<port>",
      "--target b=https://127.0.0.1: targets are asked without TLS: name its http:// address",
      "--target c=http://127.0.0.1/path: a target is a host and a port: leave out what follows them, the scenario says the paths",
      "--target d=http://user:password@127.0.0.1: a name and password mean nothing to a target: leave them out",
      "--target e=http://nobody.invalid: no address is known for nobody.invalid",
      "--target f=http://127.0.0.1:0: nothing can listen on port 0",
      "--target g=http://192.0.2.1:80: 192.0.2.1 is neither this machine nor in a private network: add --i-own-this-host if it is yours to load",
      "--target h=http://169.254.169.254: 169.254.169.254 is neither this machine nor in a private network: add --i-own-this-host if it is yours to load",
      "--target i=http://0.0.0.0:80: 0.0.0.0 is neither this machine nor in a private network: add --i-own-this-host if it is yours to load",
    ]
  `)
})

test('rates are bounded, more strictly where others own the network between', async () => {
  const scenario = text
    .replace('rate: 50/s', 'rate: 501/s, to: 1900/s')
    .replace('rounds:', 'connections: 150\nrounds:')
    .replace('consumers: [ann, bob]', 'consumers: [{ name: ann, key: anns-key }]')
  await expect(reading({ target: [mine] }, undefined, scenario)).resolves.toBeDefined()
  const far = { target: ['far=http://192.0.2.1'], iOwnThisHost: true }
  expect(await mistakes(far, undefined, scenario)).toMatchInlineSnapshot(`
    [
      "--target far=http://192.0.2.1: small, phase steady: 1 900 a second, and 500 are the most",
      "--target far=http://192.0.2.1: small opens 150 connections, and 100 are the most",
    ]
  `)
  const flood = scenario.replace('rate: 501/s, to: 1900/s, arrivals: constant', 'atOnce: 201')
  expect(await mistakes({ target: [mine] }, undefined, flood)).toMatchInlineSnapshot(`
    [
      "--target mine=http://127.0.0.1:8080: small, phase steady: 201 at once, and 200 are the most",
    ]
  `)
  const long = scenario.replace('300ms', '10m')
  expect(await mistakes({ target: [mine] }, undefined, long)).toMatchInlineSnapshot(`
    [
      "--target mine=http://127.0.0.1:8080: the run would send it 1 440 600 requests, and 1 000 000 are the most: ask for fewer rounds, or for a shorter --budget",
    ]
  `)
})

test('nothing has to be known beforehand where nobody outside takes part', async () => {
  const { targets } = await reading({})
  expect(targets).toEqual({ choices: [], options: '' })
})

test('what a target has to do says where the origins are, whose keys it must know, and what is looked for', async () => {
  const { scenarios } = await reading({})
  const lines = whatItHasToDo(scenarios[0]!, ['ann', 'bob'])
  expect(lines).toContain('  shop 127.0.0.1:9001, 127.0.0.1:9002')
  expect(lines.join('\n')).toMatch(/Know ann, bob by keys that you choose/)
  expect(lines).toContain('  require a key in x-api-key on /items')
  expect(lines.join('\n')).toContain('those refusals are 401')
})

/** Where two ports in a row are most likely free. */
async function freeRow(): Promise<number> {
  const ports = choosePorts()
  const port = await ports.next()
  ports.release()
  return port
}

test('it is proved and measured like the others, and its record says whose it is', async () => {
  const keysFile = await written('keys.yaml', 'ann: a-key-of-anns-own\nbob: a-key-of-bobs-own\n')
  const first = await freeRow()
  const signal = new AbortController().signal
  const elsewhere = await openProcesses({ runId: `target-${process.pid}`, signal })
  onTestFinished(() => elsewhere.close())
  const place = await elsewhere.reserve('mine')
  const target = [`mine=http://127.0.0.1:${place.listen.port}`, `nobody=http://127.0.0.1:${first + 7}`]
  const { scenarios, targets } = await reading({ target, origins: String(first) }, keysFile)
  const [scenario] = scenarios
  // What its owner did, knowing where the origins would be and which keys there were.
  const gateway = systems['node-gateway']
  const shop = [0, 1].map((n) => ({ host: '127.0.0.1', port: first + n }))
  const { files } = gateway.compile(scenario!.policy, { ...place, origins: { shop } })
  await elsewhere.start({ place, role: 'system', side: 'both', launch: launchOf(gateway)!, files, published: false })

  const out = join(folder, 'run')
  const options = {
    systems: ['direct' as const],
    targets,
    runtime: 'auto' as const,
    command: 'edgelab run',
    out,
    asked: usualEffort.quick,
  }
  const observer = { emit: () => undefined, note: () => undefined, signal }
  const { model } = await measure(scenarios, options, observer)
  const { record } = model
  expect([record.runtime, record.runtimeReason]).toEqual([
    'processes',
    'the origins have to be within reach from outside',
  ])
  const { subjects, rounds } = record.scenarios[0]!
  const [, taking, silent] = subjects
  expect([taking!.label, taking!.system, taking!.kind, taking!.state, taking!.ranAs]).toEqual([
    'mine',
    'target',
    'target',
    'measured',
    `http://127.0.0.1:${place.listen.port}`,
  ])
  expect(taking!.proof.filter(({ state }) => state !== 'passed')).toEqual([])
  expect(taking!.proof.length).toBeGreaterThan(4)
  expect(taking!.native.files).toEqual([])
  expect(new Set(taking!.native.fidelity.map(({ level }) => level))).toEqual(new Set(['unknown']))
  const round = rounds.find(({ label }) => label === 'mine')!
  expect([round.answered, round.cpuNs.system, round.memoryBytes]).toEqual([15, null, null])
  expect([silent!.state, silent!.reason]).toEqual([
    'failed',
    `http://127.0.0.1:${first + 7} does not answer: nobody listens there`,
  ])
  expect(record.command).toContain(` --target ${target[0]} --target ${target[1]} --origins 127.0.0.1:${first} --keys `)
  for (const file of ['run.json', 'report.html']) {
    expect(await readFile(join(out, file), 'utf8')).not.toMatch(/a-key-of-(?:anns|bobs)-own/)
  }
}, 60_000)
