import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EdgeLabError } from '../../../src/errors.ts'
import { cleanLeftovers } from '../../../src/runtime/cleanup/clean.ts'
import { runLabel } from '../../../src/runtime/cleanup/labels.ts'
import { cgroupOf } from '../../../src/runtime/containers/cgroup.ts'
import { openContainers } from '../../../src/runtime/containers/containers.ts'
import { askEngine, engine } from '../../../src/runtime/containers/engine.ts'
import { createNetworks } from '../../../src/runtime/containers/networks.ts'
import { imageHere } from '../../../src/runtime/images/table.ts'
import type { Part, Running, Runtime } from '../../../src/runtime/topology.ts'
import { systems } from '../../../src/systems/index.ts'
import { nodeImage } from '../../../src/systems/node-core/image.ts'
import type { Launch } from '../../../src/systems/system.ts'
import { launchOf } from '../../../src/systems/system.ts'
import type { DriverClient } from '../../../src/traffic/driver-client.ts'
import { guardiansOf, killedHost } from '../aftermath.ts'
import { never, newRunId, originPart, startDriver, statusFrom } from '../lab.ts'

const state = await askEngine()
const images =
  state.answers && (await Promise.all([nodeImage, launchOf(systems.nginx)!.image].map(imageHere))).every(Boolean)
const lacking = state.answers ? (images ? '' : 'no images; edgelab images build') : state.why

async function leftOf(runId: string): Promise<{ containers: number; networks: number }> {
  const filters = { label: [`${runLabel}=${runId}`] }
  const containers = await engine().listContainers({ all: true, filters })
  const networks = await engine().listNetworks({ filters })
  return { containers: containers.length, networks: networks.length }
}

const nginx: Launch = {
  image: launchOf(systems.nginx)!.image,
  executable: { kind: 'binary', names: ['nginx'], install: '' },
  args: ({ configDir }) => ['-c', `${configDir}/nginx.conf`, '-e', 'stderr', '-g', 'daemon off;'],
  version: { args: ['-v'], pattern: /nginx\/[\d.]+/ },
  readyPath: '/__edge/ready',
}

/** An NGINX that passes everything on to one address. */
async function proxyPart(runtime: Runtime, name: string, target: string, extra = ''): Promise<Part> {
  const place = await runtime.reserve(name)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const text = `
    worker_processes 1; pid ${place.scratchDir}/nginx.pid; ${extra}
    events {}
    http {
      ${temporary.map((kind) => `${kind}_temp_path ${place.scratchDir}/${kind};`).join('\n')}
      access_log off;
      server {
        listen ${place.listen.port};
        location = /__edge/ready { return 204; }
        location / { proxy_pass http://${target}; }
      }
    }`
  const files = [{ path: 'nginx.conf', language: 'nginx', text }] as const
  return { place, role: 'system', side: 'both', launch: nginx, files, published: false }
}

describe.skipIf(lacking !== '')(`containers${lacking && `: skipped, ${lacking}`}`, () => {
  const runId = newRunId()
  let runtime: Runtime
  let origin: Running
  let proxy: Running
  let front: { readonly running: Running; readonly client: DriverClient }
  let back: typeof front

  beforeAll(async () => {
    runtime = await openContainers({ runId, signal: never })
    const part = await originPart(runtime, 'origin-1', 'back')
    ;[origin, front, back] = await Promise.all([
      runtime.start(part),
      startDriver(runtime, 'driver-front', 'front'),
      startDriver(runtime, 'driver-back', 'both'),
    ])
    proxy = await runtime.start(await proxyPart(runtime, 'proxy', 'origin-1:8080'))
  })
  afterAll(async () => {
    await runtime.close()
    expect(await leftOf(runId)).toEqual({ containers: 0, networks: 0 })
    await runtime.close()
  })

  const addressesOf = async (name: string): Promise<readonly string[]> => {
    const all = await engine().listContainers({ filters: { label: [`${runLabel}=${runId}`] } })
    const inspected = await Promise.all(all.map(({ Id }) => engine().getContainer(Id).inspect()))
    const networks = inspected.map(({ NetworkSettings }) => Object.values(NetworkSettings.Networks))
    const its = networks.find((each) => each.some((network) => network.Aliases?.includes(name)))
    return (its ?? []).map(({ IPAddress }) => IPAddress)
  }

  test('the front reaches the origin through the proxy, and by no name or address without it', async () => {
    const ready = '/__origin/ready'
    expect(await statusFrom(back.client, origin.place.address, ready)).toBe(204)
    expect(await statusFrom(front.client, proxy.place.address, ready)).toBe(204)
    expect(await statusFrom(front.client, origin.place.address, ready)).toBe(0)
    const addresses = await addressesOf('origin-1')
    expect(addresses).toHaveLength(1)
    for (const host of addresses) {
      expect(await statusFrom(back.client, { host, port: 8080 }, ready)).toBe(204)
      expect(await statusFrom(front.client, { host, port: 8080 }, ready)).toBe(0)
    }
  })

  test('nothing is on a network of others, and only drivers are published, on loopback', async () => {
    const all = await engine().listContainers({ filters: { label: [`${runLabel}=${runId}`] } })
    expect(all).toHaveLength(4)
    for (const { Id } of all) {
      const { NetworkSettings, HostConfig, Config } = await engine().getContainer(Id).inspect()
      for (const name of Object.keys(NetworkSettings.Networks)) expect(name).toContain(runId)
      const bindings = Object.values(NetworkSettings.Ports).flatMap((ports) => ports ?? [])
      for (const { HostIp } of bindings) expect(HostIp).toBe('127.0.0.1')
      expect(bindings.length > 0).toBe(Config.Cmd?.some((word) => word.includes('driver')))
      expect(HostConfig.CapDrop).toEqual(['ALL'])
      expect(Config.User).toBe('65534:65534')
    }
  })

  test('each has the cores of its role', async () => {
    const { driver, others } = runtime.pinning
    const filters = { label: [`${runLabel}=${runId}`] }
    for (const { Id } of await engine().listContainers({ filters })) {
      const { HostConfig, Config } = await engine().getContainer(Id).inspect()
      const isDriver = Config.Cmd?.some((word) => word.includes('driver'))
      expect(HostConfig.CpusetCpus).toBe(((isDriver ? driver : others) ?? []).join(','))
    }
  })

  test('they account for themselves and say what they are', async () => {
    const before = (await origin.cpuNs())!
    for (let n = 0; n < 50; n += 1) await statusFrom(back.client, origin.place.address, '/nothing')
    expect(await origin.cpuNs()).toBeGreaterThan(before)
    expect(await origin.memoryBytes()).toBeGreaterThan(1e6)
    expect(origin.version).toMatch(/^Node 24\./)
    expect(proxy.version).toMatch(/^nginx\/1\./)
    expect(proxy.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(proxy.ranAs).toContain('nginx')
    expect(proxy.controlUrl).toBeNull()
  })

  test('the kernel counts what the engine counts', async ({ skip }) => {
    const filters = { label: [`${runLabel}=${runId}`] }
    const [first] = await engine().listContainers({ filters })
    const container = engine().getContainer(first!.Id)
    const { State } = await container.inspect()
    const cgroup = await cgroupOf(first!.Id, State.Pid)
    if (!cgroup) return skip('the control groups of containers cannot be read here')
    const least = await cgroup.cpuNs()
    const stats = await container.stats({ stream: false, 'one-shot': true })
    const { usage } = stats.memory_stats
    expect(stats.cpu_stats.cpu_usage.total_usage).toBeGreaterThanOrEqual(least)
    expect(stats.cpu_stats.cpu_usage.total_usage).toBeLessThanOrEqual(await cgroup.cpuNs())
    expect(Math.abs((await cgroup.memoryBytes()) - usage)).toBeLessThan(usage / 2)
  })

  test('one that refuses its configuration says why, and is gone', async () => {
    const before = await leftOf(runId)
    const bad = await proxyPart(runtime, 'bad', 'origin-1:8080', 'no_such_directive on;')
    await expect(runtime.start(bad)).rejects.toMatchObject({
      name: 'startFailed',
      message: expect.stringMatching(/exit code 1/),
      logTail: expect.stringContaining('no_such_directive'),
      exitCode: 3,
    })
    expect(await leftOf(runId)).toEqual(before)
  })

  test('a part starts again in its place', async () => {
    const part = await proxyPart(runtime, 'again', 'origin-1:8080')
    for (let n = 0; n < 2; n += 1) {
      const running = await runtime.start(part)
      expect(await statusFrom(front.client, running.place.address, '/__origin/ready')).toBe(204)
      await running.stop()
    }
  })
})

describe.skipIf(lacking !== '')(
  `a part that is started again in its place${lacking && `: skipped, ${lacking}`}`,
  () => {
    const runId = newRunId()
    let runtime: Runtime
    let front: DriverClient
    beforeAll(async () => {
      runtime = await openContainers({ runId, signal: never })
      const origin = runtime.start(await originPart(runtime, 'origin-1', 'back'))
      front = (await startDriver(runtime, 'driver-front', 'front')).client
      await origin
    })
    afterAll(async () => {
      await runtime.close()
      expect(await leftOf(runId)).toEqual({ containers: 0, networks: 0 })
    })

    const containerOf = async (name: string) => {
      const all = await engine().listContainers({ filters: { label: [`${runLabel}=${runId}`] } })
      for (const { Id } of all) {
        const { NetworkSettings } = await engine().getContainer(Id).inspect()
        const aliases = Object.values(NetworkSettings.Networks).flatMap(({ Aliases }) => Aliases ?? [])
        if (aliases.includes(name)) return engine().getContainer(Id)
      }
      return undefined
    }
    /** What a shell in the container prints. */
    const said = async (name: string, command: string): Promise<string> => {
      const exec = await (await containerOf(name))!.exec({
        Cmd: ['/bin/sh', '-c', command],
        AttachStdout: true,
        Tty: true,
      })
      const stream = await exec.start({ Tty: true, stdin: false })
      return (await text(stream)).trim()
    }
    const started = async (name: string, extra = ''): Promise<Running> =>
      runtime.start({ ...(await proxyPart(runtime, name, 'origin-1:8080', extra)), restarts: true })
    const filesWith = async (name: string, extra: string): Promise<Part['files']> =>
      (await proxyPart(runtime, name, 'origin-1:8080', extra)).files

    test('has its new files and nothing else of before: no process, no file, no line of its log', async () => {
      const first = await started('one', 'worker_rlimit_nofile 512;')
      const container = (await containerOf('one'))!.id
      expect(await statusFrom(front, first.place.address, '/__origin/ready')).toBe(204)
      const folders = ['/run/edge', '/tmp', '/dev/shm']
      await said('one', folders.map((folder) => `echo x >${folder}/kept; echo x >${folder}/.kept`).join('; '))
      expect(await said('one', `ls -A ${folders.join(' ')} | grep -c kept`)).toBe('6')
      await said('one', 'echo "a line of before" >/proc/1/fd/2; echo "a line of before" >/proc/1/fd/1')
      await expect.poll(() => first.logTail()).toMatch(/a line of before\n.*a line of before/)
      const before = (await first.cpuNs())!
      const processes = (await said('one', 'grep -l nginx /proc/[0-9]*/comm')).split(/\s+/)
      expect(processes.length).toBeGreaterThanOrEqual(2)
      const second = await first.restart(await filesWith('one', 'worker_rlimit_nofile 256;'))
      expect((await containerOf('one'))!.id).toBe(container)
      expect(await said('one', 'grep -c "nofile 256" /etc/edge/nginx.conf')).toBe('1')
      expect(await said('one', `ls -A ${folders.join(' ')} | grep -c kept`)).toBe('0')
      expect(await said('one', `ls ${processes.join(' ')} 2>/dev/null`)).toBe('')
      expect(await second.logTail()).not.toContain('a line of before')
      expect(await statusFrom(front, second.place.address, '/__origin/ready')).toBe(204)
      expect(await second.cpuNs()).toBeGreaterThan(before)
      expect(await second.memoryBytes()).toBeGreaterThan(1e6)
      expect(await second.ended()).toBeUndefined()
      expect(second.version).toBe(first.version)
      await second.stop()
      expect(await containerOf('one')).toBeUndefined()
    })

    test('that refuses its new files says why, without what an earlier start said, and is gone', async () => {
      const first = await started('refusing')
      await said('refusing', 'echo "a line of before" >/proc/1/fd/2')
      const again = first.restart(await filesWith('refusing', 'no_such_directive on;'))
      const failure = await again.then(
        () => undefined,
        (error: EdgeLabError) => error,
      )
      expect(failure).toMatchObject({ name: 'startFailed', message: expect.stringMatching(/exit code 1/) })
      expect(failure!.logTail).toContain('no_such_directive')
      expect(failure!.logTail).not.toContain('a line of before')
      expect(await containerOf('refusing')).toBeUndefined()
    })

    test('that ends by itself ends its container, with the same exit code', async () => {
      const first = await started('ending')
      const second = await first.restart(await filesWith('ending', ''))
      // The master: a signal on which it ends as it was asked to.
      await said('ending', 'kill -TERM "$(cat /run/edge/nginx.pid)"')
      await expect.poll(() => second.ended()).toBe('it ended with exit code 0')
      await second.stop()
    })

    test('of which a file is to be gone is started in another container', async () => {
      const part = await proxyPart(runtime, 'fewer', 'origin-1:8080')
      const more = { path: 'more.conf', language: 'nginx', text: '# more' } as const
      const first = await runtime.start({ ...part, files: [...part.files, more], restarts: true })
      const second = await first.restart(part.files)
      expect(await said('fewer', 'ls /etc/edge')).toBe('nginx.conf')
      expect(await statusFrom(front, second.place.address, '/__origin/ready')).toBe(204)
      await second.stop()
    })

    test('closed in the middle of it: nothing is left', async () => {
      const own = newRunId()
      const other = await openContainers({ runId: own, signal: never })
      const part = await originPart(other, 'origin-1', 'back')
      const restarting = (await other.start({ ...part, restarts: true })).restart(part.files)
      const rejected = expect(restarting).rejects.toThrow('closed')
      await other.close()
      await rejected
      expect(await leftOf(own)).toEqual({ containers: 0, networks: 0 })
    })
  },
)

describe.skipIf(lacking !== '')(`runs that end early${lacking && `: skipped, ${lacking}`}`, () => {
  test('Ctrl-C while a part starts: it rejects, and nothing is left', async () => {
    const interrupt = new AbortController()
    const runId = newRunId()
    const runtime = await openContainers({ runId, signal: interrupt.signal })
    const part = await originPart(runtime, 'origin-1', 'back')
    const starting = runtime.start(part)
    const rejected = expect(starting).rejects.toBe('stop')
    await expect.poll(async () => (await leftOf(runId)).containers).toBe(1)
    interrupt.abort('stop')
    await rejected
    await expect(runtime.start(part)).rejects.toBe('stop')
    await runtime.close()
    expect(await leftOf(runId)).toEqual({ containers: 0, networks: 0 })
  })

  test('networks are removed although a container is still on one for a moment', async () => {
    const runId = newRunId()
    const networks = await createNetworks(runId, { [runLabel]: runId })
    const { tag } = (await imageHere(nodeImage))!
    const HostConfig = { NetworkMode: networks.back }
    const Labels = { [runLabel]: runId }
    const container = await engine().createContainer({ Image: tag, Cmd: ['sleep', '60'], HostConfig, Labels })
    await container.start()
    await expect(engine().getNetwork(networks.back).remove()).rejects.toMatchObject({ statusCode: 403 })
    const removing = networks.remove()
    await expect.poll(async () => (await leftOf(runId)).networks).toBe(1)
    await container.remove({ force: true })
    await removing
    expect(await leftOf(runId)).toEqual({ containers: 0, networks: 0 })
  })

  test('closed while parts start: nothing is left', async () => {
    const runId = newRunId()
    const runtime = await openContainers({ runId, signal: never })
    const parts = await Promise.all(['origin-1', 'origin-2'].map((name) => originPart(runtime, name, 'back')))
    const starting = Promise.allSettled(parts.map((part) => runtime.start(part)))
    await runtime.close()
    expect((await starting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await leftOf(runId)).toEqual({ containers: 0, networks: 0 })
  })

  test('killed with its guardian: clean removes what is left of it, and leaves a live run alone', async () => {
    const alive = newRunId()
    const runtime = await openContainers({ runId: alive, signal: never })
    await runtime.start(await originPart(runtime, 'origin-1', 'back'))
    const killed = newRunId()
    await killedHost('containers', killed, 'guardian')
    expect(await leftOf(killed)).toEqual({ containers: 1, networks: 2 })
    const cleaned = await cleanLeftovers()
    expect(cleaned.containers).toBeGreaterThanOrEqual(1)
    expect(cleaned.networks).toBeGreaterThanOrEqual(2)
    expect(await leftOf(killed)).toEqual({ containers: 0, networks: 0 })
    expect(await leftOf(alive)).toEqual({ containers: 1, networks: 2 })
    await runtime.close()
  })

  test('killed: its guardian removes what is left of it, and ends', async () => {
    const runId = newRunId()
    await killedHost('containers', runId)
    await expect.poll(() => guardiansOf(runId), { timeout: 30_000 }).toEqual([])
    expect(await leftOf(runId)).toEqual({ containers: 0, networks: 0 })
  })

  test('killed while a container is on its way: the guardian waits for what is still to come', async () => {
    const runId = newRunId()
    const args = ['--import', 'tsx', 'test/runtime/host-to-kill.ts', 'containers', runId]
    const host = spawn(process.execPath, args, { stdio: 'ignore' })
    await expect.poll(async () => (await leftOf(runId)).networks, { interval: 5, timeout: 20_000 }).toBe(2)
    host.kill('SIGKILL')
    await expect.poll(() => guardiansOf(runId), { timeout: 30_000 }).toEqual([])
    expect(await leftOf(runId)).toEqual({ containers: 0, networks: 0 })
  })
})
