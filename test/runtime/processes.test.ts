import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cleanFolders } from '../../src/runtime/manifest.ts'
import { allowedCores, choosePinning } from '../../src/runtime/pinning.ts'
import { processesOfGroup } from '../../src/runtime/process-tree.ts'
import { openProcesses } from '../../src/runtime/processes.ts'
import type { Part, Place } from '../../src/runtime/topology.ts'
import type { Launch } from '../../src/systems/system.ts'

const server = `
  const [port, mode] = process.argv.slice(1)
  if (mode === 'refuse') { console.error('line one\\nthe reason'); process.exit(3) }
  require('node:http').createServer((q, s) => s.end('ok')).listen(Number(port), '127.0.0.1')
`
const launch = (mode = ''): Launch => ({
  image: 'node',
  executable: { kind: 'binary', names: ['node'], install: 'install Node' },
  args: ({ listen }) => ['-e', server, String(listen.port), mode],
  readyPath: '/',
})
const part = (place: Place, mode?: string): Part => ({
  place,
  role: 'system',
  side: 'both',
  launch: launch(mode),
  files: [{ path: 'sub/file.txt', language: 'text', text: 'x' }],
  published: true,
})
let counter = 0
const runId = (): string => {
  counter += 1
  return `test-${process.pid}-${counter}`
}
const never = new AbortController().signal

describe('processes', () => {
  test('start when they answer, account for themselves, and leave nothing', async () => {
    const id = runId()
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

  test('that do not start say why, with the end of their log', async () => {
    const runtime = await openProcesses({ runId: runId(), signal: never })
    const failing = runtime.start(part(await runtime.reserve('bad'), 'refuse'))
    await expect(failing).rejects.toMatchObject({ name: 'startFailed', logTail: 'line one\nthe reason', exitCode: 3 })
    await runtime.close()
  })

  test('a port that is taken is named', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    const runtime = await openProcesses({ runId: runId(), signal: never, firstPort: port })
    await expect(runtime.reserve('one')).rejects.toMatchObject({ name: 'portInUse', exitCode: 3 })
    await runtime.close()
    await new Promise((resolve) => taken.close(resolve))
  })

  test('a program that is not installed is named with the command that installs it', async () => {
    const runtime = await openProcesses({ runId: runId(), signal: never })
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

test.skipIf(process.platform !== 'linux')(
  'what a killed run left is ended by clean; a live run is left alone',
  async () => {
    const live = await openProcesses({ runId: runId(), signal: never })
    const mine = await live.start(part(await live.reserve('mine')))
    const killed = runId()
    const script = `
    import { openProcesses } from '${process.cwd()}/src/runtime/processes.ts'
    const runtime = await openProcesses({ runId: '${killed}', signal: new AbortController().signal })
    const place = await runtime.reserve('orphan')
    const running = await runtime.start({ place, role: 'system', side: 'both', files: [], published: true, launch: {
      image: 'node', executable: { kind: 'binary', names: ['node'], install: '' }, readyPath: '/',
      args: ({ listen }) => ['-e', ${JSON.stringify(server)}, String(listen.port)] } })
    console.log(running.controlUrl)
    setInterval(() => {}, 1000)
  `
    const host = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const url = await new Promise<string>((resolve) => host.stdout.once('data', (data) => resolve(String(data).trim())))
    host.kill('SIGKILL')
    await new Promise((resolve) => host.once('exit', resolve))
    expect((await fetch(url)).ok).toBe(true)
    const cleaned = await cleanFolders()
    expect(cleaned.processes).toBeGreaterThanOrEqual(1)
    await expect(fetch(url)).rejects.toThrow()
    expect(readdirSync(tmpdir())).not.toContain(`edgelab-${killed}`)
    expect((await fetch(mine.controlUrl!)).ok).toBe(true)
    await live.close()
  },
)

test('cores: the driver has one of its own where there are two', () => {
  expect(allowedCores('Cpus_allowed_list:\t0-2,5\n')).toEqual([0, 1, 2, 5])
  expect(choosePinning([0, 1, 2, 5])).toMatchObject({ driver: [5], others: [0, 1, 2] })
  expect(choosePinning([3]).driver).toBeNull()
  expect(choosePinning([]).driver).toBeNull()
})

test.skipIf(process.platform !== 'linux')('a process belongs to its group', async () => {
  expect(await processesOfGroup(1_999_999)).toEqual([])
})
