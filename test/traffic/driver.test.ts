import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { connectDriver } from '../../src/traffic/driver-client.ts'
import { driverFiles, driverLaunch } from '../../src/traffic/launch.ts'
import type { Frame } from '../../src/traffic/plan.ts'
import { answer, rawServer } from './raw-server.ts'
import { burst, openPlan, steady, total } from './run-here.ts'

/** The program, started as its launch says, in a shell that was told `before`; ended with the test. */
async function startedDriver(before = 'true') {
  const configDir = await mkdtemp(join(tmpdir(), 'edgelab-test-'))
  const listen = { host: '127.0.0.1', port: 0 }
  for (const { path, text } of driverFiles({ listen, token: 't' })) await writeFile(join(configDir, path), text)
  const args = driverLaunch.args({ listen, origins: {}, configDir, scratchDir: configDir })
  const program = join(import.meta.dirname, '../../src/traffic/driver.ts')
  const command = ['-c', `${before} && exec "$0" "$@"`, process.execPath, '--import', 'tsx', program, ...args]
  const child = spawn('sh', command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const [, port] = /^driver: listening on 127\.0\.0\.1:(\d+)\n$/.exec(line)!
  return {
    child,
    client: connectDriver(`http://127.0.0.1:${port}`, 't'),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await rm(configDir, { recursive: true })
    },
  }
}

it('the program is started as its launch says, answers, and ends on SIGTERM in the middle of a run', async () => {
  let requests = 0
  await using target = await rawServer((socket) => {
    requests += 1
    socket.write(answer('ok'))
  })
  await using driver = await startedDriver()
  const plan = openPlan(target.target, [steady(100, 60_000, '/a')])
  const run = driver.client.run(plan, () => undefined, new AbortController().signal).catch((error: unknown) => error)
  await vi.waitFor(() => expect(requests).toBeGreaterThan(0), 10_000)
  driver.child.kill('SIGTERM')
  expect(await once(driver.child, 'exit')).toEqual([0, null])
  expect(await run).toMatchObject({ name: 'driverFailed' })
})

it.skipIf(process.platform === 'win32')('what it could not open itself is not the target’s fault', async () => {
  await using target = await rawServer((socket) => socket.write(answer('ok')))
  await using driver = await startedDriver('ulimit -n 64')
  const frames: Frame[] = []
  const plan = openPlan(target.target, [burst(200, 200, '/a')], { connections: 200 })
  await driver.client.run(plan, (frame) => frames.push(frame), new AbortController().signal)
  const answered = total(frames.map((frame) => frame.answered))
  const local = total(frames.map(({ failures }) => failures.local ?? 0))
  expect(frames.flatMap(({ failures }) => Object.keys(failures)).filter((kind) => kind !== 'local')).toEqual([])
  expect(answered + local).toBe(200)
  expect(Math.min(answered, local)).toBeGreaterThan(0)
})
