import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { identityOf, isAlive } from '../../../src/runtime/cleanup/identity.ts'
import { endLeftovers } from '../../../src/runtime/cleanup/leftovers.ts'
import { cleanFolders } from '../../../src/runtime/cleanup/manifest.ts'
import { allowedCores, choosePinning } from '../../../src/runtime/machine/pinning.ts'
import { findBinary } from '../../../src/runtime/processes/binaries.ts'
import { openProcesses } from '../../../src/runtime/processes/processes.ts'
import { processesOfGroup, variableOf } from '../../../src/runtime/processes/tree.ts'
import type { Part, Place, Running } from '../../../src/runtime/topology.ts'
import { nodeImage } from '../../../src/systems/node-core/image.ts'
import type { Launch } from '../../../src/systems/system.ts'
import { killedHost } from '../aftermath.ts'
import { never, newRunId } from '../lab.ts'

const server = `
  const [port, mode] = process.argv.slice(1)
  if (mode === 'refuse') { console.error('line one\\nthe reason'); process.exit(3) }
  if (mode === 'never') setInterval(() => {}, 1000)
  else require('node:http').createServer((q, s) => s.end(process.env.LAUNCHED_AS || 'ok')).listen(Number(port), '127.0.0.1')
`
const launch = (mode = ''): Launch => ({
  image: nodeImage,
  executable: { kind: 'binary', names: ['node'], install: 'install Node' },
  args: ({ listen }) => ['-e', server, String(listen.port), mode],
  readyPath: '/',
})
/** Answers with what its file says, and with its pid. */
const telling: Launch = {
  image: nodeImage,
  executable: { kind: 'binary', names: ['node'], install: 'install Node' },
  args: ({ listen, configDir }) => [
    '-e',
    `
    const told = require('node:fs').readFileSync(process.argv[2], 'utf8')
    if (told === 'refuse') { console.error('the reason'); process.exit(3) }
    if (told === 'never') setInterval(() => {}, 1000)
    else require('node:http').createServer((q, s) => s.end(told + ' ' + process.pid)).listen(Number(process.argv[1]), '127.0.0.1')
    `,
    String(listen.port),
    `${configDir}/told.txt`,
  ],
  readyPath: '/',
}
const part = (place: Place, mode?: string): Part => ({
  place,
  role: 'system',
  side: 'both',
  launch: launch(mode),
  files: [{ path: 'sub/file.txt', language: 'text', text: 'x' }],
  published: true,
})

/** The pids that a run has noted so far. */
function startedIn(folder: string): readonly number[] {
  const { started } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { started: { pid: number }[] }
  return started.map(({ pid }) => pid)
}

describe('processes', () => {
  test('start when they answer, account for themselves, and leave nothing', async () => {
    const id = newRunId()
    const runtime = await openProcesses({ runId: id, signal: never })
    const running = await runtime.start(part(await runtime.reserve('one')))
    expect(await (await fetch(running.controlUrl!)).text()).toBe('ok')
    if (process.platform === 'linux') {
      expect(await running.cpuNs()).toBeGreaterThan(0)
      expect(await running.memoryBytes()).toBeGreaterThan(1e6)
    }
    await runtime.close()
    await expect(fetch(running.controlUrl!)).rejects.toThrow()
    expect(existsSync(join(tmpdir(), `edgelab-${id}`))).toBe(false)
    await runtime.close()
  })

  test('started again at the same place find nothing that an earlier start left', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('one')
    const before = await runtime.start(part(place))
    const left = [join(place.scratchDir, 'kept'), join(place.configDir, 'sub', 'old.conf')]
    for (const file of left) writeFileSync(file, 'x')
    await before.stop()
    const after = await runtime.start(part(place))
    expect(left.filter((file) => existsSync(file))).toEqual([])
    expect(existsSync(join(place.configDir, 'sub', 'file.txt'))).toBe(true)
    await after.stop()
    await runtime.close()
  })

  test('started again with other files have them, at the same address, and are accounted for anew', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('one')
    const told = (text: string): Part['files'] => [{ path: 'told.txt', language: 'text', text }]
    const first = await runtime.start({ ...part(place), files: told('first'), launch: telling })
    const asked = async (): Promise<readonly string[]> => (await (await fetch(first.controlUrl!)).text()).split(' ')
    const [before, pid] = await asked()
    writeFileSync(join(place.scratchDir, 'kept'), 'x')
    const second = await first.restart(told('second'))
    const [after, nextPid] = await asked()
    expect([before, after]).toEqual(['first', 'second'])
    expect(await identityOf(Number(pid))).toBeNull()
    expect(existsSync(join(place.scratchDir, 'kept'))).toBe(false)
    expect(second).toMatchObject({ place, controlUrl: first.controlUrl, version: first.version })
    expect(await second.ended()).toBeUndefined()
    if (process.platform === 'linux') expect(await second.memoryBytes()).toBeGreaterThan(1e6)
    const third = await second.restart(told('second'))
    expect(await identityOf(Number(nextPid))).toBeNull()
    // Written once more although nothing changed: a product may have changed it.
    expect((await asked())[0]).toBe('second')
    await third.stop()
    await runtime.close()
  })

  test('that do not start again say why, and are gone; closing in the middle ends them too', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('one')
    const mode = (text: string): Part['files'] => [{ path: 'told.txt', language: 'text', text }]
    const start = (): Promise<Running> => runtime.start({ ...part(place), files: mode('first'), launch: telling })
    const refused = (await start()).restart(mode('refuse'))
    await expect(refused).rejects.toMatchObject({ name: 'startFailed', logTail: 'the reason' })
    await expect(fetch(`http://${place.listen.host}:${place.listen.port}`)).rejects.toThrow()
    const restarting = (await start()).restart(mode('never'))
    const rejected = expect(restarting).rejects.toThrow('closed')
    const folder = dirname(dirname(place.configDir))
    await expect.poll(() => startedIn(folder).length).toBeGreaterThanOrEqual(5)
    const pid = startedIn(folder).at(-1)!
    await runtime.close()
    await rejected
    expect(await identityOf(pid)).toBeNull()
    expect(existsSync(folder)).toBe(false)
  })

  test('that do not start say why, with the end of their log', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const failing = runtime.start(part(await runtime.reserve('bad'), 'refuse'))
    await expect(failing).rejects.toMatchObject({ name: 'startFailed', logTail: 'line one\nthe reason', exitCode: 3 })
    await runtime.close()
  })

  test('show the lines of their log that name the cause first', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('bad')
    const failing = runtime.start({ ...part(place), launch: { ...launch('refuse'), errorLine: /reason/ } })
    await expect(failing).rejects.toMatchObject({ name: 'startFailed', logTail: 'the reason\nline one' })
    await runtime.close()
  })

  test('get the variables that their launch names', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('one')
    const environment = () => ({ LAUNCHED_AS: 'a gateway' })
    const running = await runtime.start({ ...part(place), launch: { ...launch(), environment } })
    expect(await (await fetch(running.controlUrl!)).text()).toBe('a gateway')
    await runtime.close()
  })

  test('a port that is taken is named', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    const runtime = await openProcesses({ runId: newRunId(), signal: never, firstPort: port })
    await expect(runtime.reserve('one')).rejects.toMatchObject({ name: 'portInUse', exitCode: 3 })
    await runtime.close()
    await new Promise((resolve) => taken.close(resolve))
  })

  test('a program that is not installed is named with the command that installs it', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('one')
    const missing: Launch = {
      ...launch(),
      executable: { kind: 'binary', names: ['no-such-program'], install: 'get it' },
    }
    await expect(runtime.start({ ...part(place), launch: missing })).rejects.toMatchObject({
      name: 'binaryMissing',
      hint: 'get it',
    })
    await runtime.close()
  })
})

describe('a lab that ends early', () => {
  test('Ctrl-C while a part starts: it rejects, and nothing is left', async () => {
    const interrupt = new AbortController()
    const runtime = await openProcesses({ runId: newRunId(), signal: interrupt.signal })
    const place = await runtime.reserve('slow')
    const starting = runtime.start(part(place, 'never'))
    const rejected = expect(starting).rejects.toBe('stop')
    const folder = dirname(dirname(place.configDir))
    await expect.poll(() => startedIn(folder)).toHaveLength(1)
    const [pid] = startedIn(folder)
    interrupt.abort('stop')
    await rejected
    expect(await identityOf(pid!)).toBeNull()
    await expect(runtime.start(part(place))).rejects.toBe('stop')
    await runtime.close()
    expect(existsSync(folder)).toBe(false)
  })

  test('closed while a part starts: it is ended too', async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('slow')
    const folder = dirname(dirname(place.configDir))
    const starting = runtime.start(part(place, 'never'))
    const rejected = expect(starting).rejects.toThrow('closed')
    await expect.poll(() => startedIn(folder)).toHaveLength(1)
    const [pid] = startedIn(folder)
    await runtime.close()
    await rejected
    expect(await identityOf(pid!)).toBeNull()
    expect(existsSync(folder)).toBe(false)
  })
})

describe.skipIf(process.platform !== 'linux')('what a killed run left', () => {
  test('is ended by clean where its guardian was killed too, and a live run is left alone', async () => {
    const live = await openProcesses({ runId: newRunId(), signal: never })
    const mine = await live.start(part(await live.reserve('mine')))
    const runId = newRunId()
    const address = await killedHost('processes', runId, 'guardian')
    expect((await fetch(`http://${address}/`)).status).toBe(404)
    const cleaned = await cleanFolders()
    expect(cleaned.processes).toBeGreaterThanOrEqual(1)
    expect(cleaned.folders).toBeGreaterThanOrEqual(1)
    await expect(fetch(`http://${address}/`)).rejects.toThrow()
    expect(existsSync(join(tmpdir(), `edgelab-${runId}`))).toBe(false)
    expect((await fetch(mine.controlUrl!)).ok).toBe(true)
    await live.close()
  })

  test('is known by its start time: another process of the same number is no part of it', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true })
    const identity = (await identityOf(bystander.pid!))!
    expect(await endLeftovers(newRunId(), [{ ...identity, startTime: identity.startTime - 1 }])).toBe(0)
    expect(await isAlive(identity)).toBe(true)
    expect(await endLeftovers(newRunId(), [identity])).toBe(1)
    expect(await isAlive(identity)).toBe(false)
  })

  test('is known by its environment where it was not noted', async () => {
    const runId = newRunId()
    const env = { ...process.env, EDGELAB_RUN: runId }
    const forgotten = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env })
    await once(forgotten, 'spawn')
    const identity = (await identityOf(forgotten.pid!))!
    await expect.poll(() => variableOf(identity.pid, 'EDGELAB_RUN')).toBe(runId)
    expect(await endLeftovers(runId, [])).toBe(1)
    expect(await isAlive(identity)).toBe(false)
  })
})

test.skipIf(!findBinary(['nginx']))(
  'a master and its workers are one part: accounted for and stopped together',
  async () => {
    const runtime = await openProcesses({ runId: newRunId(), signal: never })
    const place = await runtime.reserve('nginx')
    const { host, port } = place.listen
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    const text = `
    worker_processes 2; pid ${place.scratchDir}/nginx.pid;
    events {}
    http {
      ${temporary.map((kind) => `${kind}_temp_path ${place.scratchDir}/${kind};`).join('\n')}
      access_log off;
      server { listen ${host}:${port}; location / { return 204; } }
    }`
    const nginx = (config: string): Part => ({
      ...part(place),
      files: [{ path: 'nginx.conf', language: 'nginx', text: config }],
      launch: {
        image: nodeImage,
        executable: { kind: 'binary', names: ['nginx'], install: '' },
        args: ({ configDir }) => ['-c', `${configDir}/nginx.conf`, '-e', 'stderr', '-g', 'daemon off;'],
        validate: ({ configDir }) => ['-t', '-c', `${configDir}/nginx.conf`, '-e', 'stderr'],
        version: { args: ['-v'], pattern: /nginx\/[\d.]+/ },
        readyPath: '/',
      },
    })
    const wrong = nginx(`no_such_directive on; ${text}`)
    await expect(runtime.start(wrong)).rejects.toMatchObject({
      name: 'startFailed',
      logTail: expect.stringContaining('no_such_directive'),
    })
    const running = await runtime.start(nginx(text))
    expect(running.version).toMatch(/^nginx\/1\./)
    const binary = readFileSync(findBinary(['nginx'])!)
    expect(running.binarySha256).toBe(createHash('sha256').update(binary).digest('hex'))
    if (process.platform === 'linux') {
      const pids = startedIn(dirname(dirname(place.configDir))).slice(-3)
      expect(await processesOfGroup(pids[0]!)).toEqual(expect.arrayContaining(pids))
      const before = (await running.cpuNs())!
      for (let n = 0; n < 200; n += 1) await fetch(running.controlUrl!)
      expect(await running.cpuNs()).toBeGreaterThan(before)
      await running.stop()
      expect(await Promise.all(pids.map(identityOf))).toEqual([null, null, null])
    }
    await runtime.close()
  },
)

test('cores: the driver has one of its own where there are two', () => {
  expect(allowedCores('Cpus_allowed_list:\t0-2,5\n')).toEqual([0, 1, 2, 5])
  expect(choosePinning([0, 1, 2, 5])).toMatchObject({ driver: [5], others: [0, 1, 2] })
  expect(choosePinning([3]).driver).toBeNull()
  expect(choosePinning([]).driver).toBeNull()
})

test.skipIf(allowedCores().length < 2)('where nothing is measured every part may use every core', async () => {
  for (const pinned of [true, false]) {
    const runtime = await openProcesses({ runId: newRunId(), pinned, signal: never })
    const place = await runtime.reserve('one')
    await runtime.start({ ...part(place), role: 'driver' })
    const [pid] = startedIn(dirname(dirname(place.configDir)))
    const cores = allowedCores(readFileSync(`/proc/${pid}/status`, 'utf8'))
    expect(cores).toEqual((pinned && runtime.pinning.driver) || allowedCores())
    if (!pinned) expect(runtime.pinning).toMatchObject({ driver: null, others: null })
    await runtime.close()
  }
})

test.skipIf(process.platform !== 'linux')('a process belongs to its group', async () => {
  expect(await processesOfGroup(1_999_999)).toEqual([])
})
