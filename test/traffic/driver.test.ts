import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { connectDriver } from '../../src/traffic/driver-client.ts'
import { driverFiles, driverLaunch } from '../../src/traffic/launch.ts'
import { answer, rawServer } from './raw-server.ts'
import { openPlan, steady } from './run-here.ts'

it('the program is started as its launch says, answers, and ends on SIGTERM in the middle of a run', async () => {
  let requests = 0
  await using target = await rawServer((socket) => {
    requests += 1
    socket.write(answer('ok'))
  })
  const configDir = await mkdtemp(join(tmpdir(), 'edgelab-test-'))
  const listen = { host: '127.0.0.1', port: 0 }
  for (const { path, text } of driverFiles({ listen, token: 't' })) await writeFile(join(configDir, path), text)
  const args = driverLaunch.args({ listen, origins: {}, configDir, scratchDir: configDir })
  const program = join(import.meta.dirname, '../../src/traffic/driver.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
    const [, port] = /^driver: listening on 127\.0\.0\.1:(\d+)\n$/.exec(line)!
    const plan = openPlan(target.target, [steady(100, 60_000, '/a')])
    const driver = connectDriver(`http://127.0.0.1:${port}`, 't')
    const run = driver.run(plan, () => undefined, new AbortController().signal).catch((error: unknown) => error)
    await vi.waitFor(() => expect(requests).toBeGreaterThan(0), 10_000)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await run).toMatchObject({ name: 'driverFailed' })
  } finally {
    child.kill('SIGKILL')
    await rm(configDir, { recursive: true })
  }
})
