/**
 * A deployment of API Gateway, as far as it can be met without AWS: a server that speaks HTTPS under a name of its own, has
 * its API below a stage, and behind it the emulation.
 */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { scenariosNamed } from '../../../../src/commands/inputs.ts'
import { measure } from '../../../../src/commands/run/measure.ts'
import { deploymentAt } from '../../../../src/commands/run/targets/deployment.ts'
import { readKeys } from '../../../../src/commands/run/targets/keys.ts'
import { readTargets, type Targets } from '../../../../src/commands/run/targets/targets.ts'
import { EdgeLabError } from '../../../../src/errors.ts'
import { usualEffort } from '../../../../src/experiment/asked.ts'
import { choosePorts } from '../../../../src/runtime/processes/ports.ts'
import { openProcesses } from '../../../../src/runtime/processes/processes.ts'
import { systems } from '../../../../src/systems/index.ts'
import { launchOf } from '../../../../src/systems/system.ts'
import { percentileUs, sumHistograms } from '../../../../src/traffic/measure/histogram.ts'
import { certificate, localHttps } from '../../../traffic/http/local-https.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployment-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const secret = 'a-key-that-aws-made-of-20-characters'
const text = `formatVersion: 1
id: small
title: Small
question: Is it the service?
policy:
  routes: [{ path: /items, origin: shop }]
  apiKey: [{ path: /items, consumers: [ann] }]
origins: { shop: { routes: [{ path: "/items/{id}", body: product }] } }
clients: { web: { consumer: ann } }
traffic: [{ phase: steady, for: 300ms, rate: 50/s, arrivals: constant, mix: [{ get: "/items/{1..9}", client: web }] }]
measure: rounds
rounds: { quick: 1, full: 1 }
`

async function reading(awsUrl: string, awsKeys: readonly string[], more: object = {}, scenario = text) {
  const keys = await readKeys(undefined, awsKeys)
  await writeFile(join(folder, 'small.yaml'), scenario)
  const scenarios = await scenariosNamed([join(folder, 'small.yaml')], keys.makeKey)
  const targets = await readTargets(
    { awsUrl, runtime: 'auto', ...more },
    { scenarios, asked: { ...usualEffort.default, rounds: 1 }, keys },
  )
  return { scenarios, targets }
}

async function mistakes(...read: Parameters<typeof reading>): Promise<readonly string[]> {
  const error = await reading(...read).catch((thrown: unknown) => thrown)
  if (!(error instanceof EdgeLabError)) throw new Error('nothing was wrong')
  return error.problems.map(({ file, message }) => `${file}: ${message}`)
}

test('what is wrong is said before anything starts, and no key with it', async () => {
  expect(await mistakes('http://localhost/live', [secret])).toEqual([
    '--aws-url http://localhost/live: write the address of its stage, https://<api>.execute-api.<region>.amazonaws.com/<stage>',
  ])
  expect(await mistakes('https://localhost/a b', [secret])).toEqual([expect.stringContaining('“/a%20b” is no stage')])
  const both = text.replace('[ann]', '[ann, bob]')
  expect(await mistakes('https://localhost/live', [secret], {}, both)).toEqual([
    expect.stringContaining('those of bob'),
  ])
  for (const keys of [[secret, secret], [`ann=${secret}`, `ann=${secret}`], [' padded '], [`carl=${secret}`]]) {
    const said = (await mistakes('https://localhost/live', keys)).join('\n')
    expect(said).toContain('--aws-key: ')
    expect(said).not.toContain(secret)
  }
  // An address of documentation (RFC 5737): nobody’s deployment, as long as nobody says so.
  expect(await deploymentAt('https://192.0.2.1/live', false)).toContain('--i-own-this-host')
  expect(await deploymentAt('https://192.0.2.1/live', true)).toMatchObject({ isNear: false })
})

test('it is measured as the service that it is: below its stage, by its name, with its times, without its key', async () => {
  const signal = new AbortController().signal
  const elsewhere = await openProcesses({ runId: `deployment-${process.pid}`, signal })
  onTestFinished(() => elsewhere.close())
  const place = await elsewhere.reserve('api')
  const asked = new Set<string>()
  const { port } = await localHttps((incoming, outgoing) => {
    const { method, url = '', headers } = incoming
    asked.add(`${headers.host} ${url.slice(0, 6)}`)
    const path = url.slice('/live'.length)
    const onwards = request({ ...place.listen, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    onwards.on('error', () => outgoing.destroy())
    incoming.pipe(onwards)
  })
  const ports = choosePorts()
  const first = await ports.next()
  ports.release()
  const read = await reading(`https://localhost:${port}/live/`, [secret], { origins: String(first) })
  const { scenarios } = read
  const targets = trusting(read.targets)
  const emulation = systems['aws-api-gateway']
  const shop = [{ host: '127.0.0.1', port: first }]
  const { files } = emulation.compile(scenarios[0]!.policy, { ...place, origins: { shop } })
  await elsewhere.start({ place, role: 'system', side: 'both', launch: launchOf(emulation)!, files, published: false })

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
  const { subjects, rounds } = model.record.scenarios[0]!
  const deployed = subjects[1]!
  expect([deployed.label, deployed.system, deployed.kind, deployed.state, deployed.ranAs]).toEqual([
    'aws-deployed',
    'aws-api-gateway',
    'deployment',
    'measured',
    `https://localhost:${port}/live`,
  ])
  expect([...asked]).toEqual([`localhost:${port} /live/`])
  expect(deployed.proof.filter(({ state }) => state === 'failed')).toEqual([])
  expect(deployed.proof.filter(({ state }) => state === 'passed').length).toBeGreaterThan(2)
  const round = rounds.find(({ label }) => label === 'aws-deployed')!
  expect([round.answered, round.cpuNs.system]).toEqual([15, null])
  const latency = sumHistograms(round.seconds.flatMap(({ series }) => series.map((each) => each.latency)))
  expect(percentileUs(latency, 50)).toBeGreaterThan(0)
  expect(model.record.command).toContain(
    ` --aws-url https://localhost:${port}/live --origins 127.0.0.1:${first} --aws-key "$KEY"`,
  )
  for (const file of ['run.json', 'report.html']) expect(await readFile(join(out, file), 'utf8')).not.toContain(secret)
}, 60_000)

/** The certificate of this test is nobody else's: as if NODE_EXTRA_CA_CERTS had named it. */
function trusting(targets: Targets): Targets {
  return {
    ...targets,
    choices: targets.choices.map((choice) => {
      const { reach } = choice.system
      if (reach.kind !== 'url') return choice
      const endpoint = { ...reach.endpoint, tls: { trusted: [certificate] } }
      return { ...choice, system: { ...choice.system, reach: { kind: 'url', endpoint } } }
    }),
  }
}
