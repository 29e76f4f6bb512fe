import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leftOnThisMachine, nothing } from '../runtime/aftermath.ts'

describe.skipIf(process.platform !== 'linux')('a run whose launcher is gone', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'launcher-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test.each(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)('%s: ends too, and leaves nothing', async (signal) => {
    const run = ['run', 'overhead', '--runtime', 'processes', '--systems', 'direct,node-proxy', '--rounds', '50']
    const args = ['src/edgelab.mjs', ...run, '--out', join(folder, signal)]
    const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    launcher.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    await expect.poll(() => output, { timeout: 20_000 }).toMatch(/ready/)
    const runId = /^run (\S+) /m.exec(output)![1]!
    expect(leftOnThisMachine(runId).processes.length).toBeGreaterThan(0)
    launcher.kill(signal)
    await once(launcher, 'exit')
    await expect.poll(() => leftOnThisMachine(runId), { timeout: 15_000 }).toEqual(nothing)
  })
})
