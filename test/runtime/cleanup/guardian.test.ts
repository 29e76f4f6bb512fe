import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openRuntime } from '../../../src/runtime/open.ts'
import { statOf } from '../../../src/runtime/processes/tree.ts'
import { guardiansOf, killedHost, leftOnThisMachine, nothing } from '../aftermath.ts'
import { never, newRunId } from '../lab.ts'

describe.skipIf(process.platform !== 'linux')('a guardian', () => {
  test('removes what a killed run left, and ends', async () => {
    const runId = newRunId()
    const address = await killedHost('processes', runId)
    await expect.poll(() => leftOnThisMachine(runId), { timeout: 15_000 }).toEqual(nothing)
    await expect(fetch(`http://${address}/`)).rejects.toThrow()
  })

  test('lies in wait in a session of its own, and ends when the run has removed everything itself', async () => {
    const runId = newRunId()
    const runtime = await openRuntime('processes', { runId, signal: never })
    await expect.poll(() => guardiansOf(runId)).toHaveLength(1)
    const [pid] = guardiansOf(runId) as [number]
    expect((await statOf(pid))?.group).toBe(pid)
    expect(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[3]).toBe(String(pid))
    await runtime.close()
    await expect.poll(() => leftOnThisMachine(runId)).toEqual(nothing)
    await runtime.close()
  })

  test('of a run that cannot open ends too, and leaves the folder that was in the way', async () => {
    const runId = newRunId()
    const first = await openRuntime('processes', { runId, signal: never })
    await expect(openRuntime('processes', { runId, signal: never })).rejects.toMatchObject({
      name: 'temporaryFolder',
    })
    await expect.poll(() => guardiansOf(runId)).toHaveLength(1)
    expect(leftOnThisMachine(runId).folders).toHaveLength(1)
    await first.close()
  })

  test('keeps no EdgeLab alive', async () => {
    const runId = newRunId()
    const forgetful = `
      import { openRuntime } from './src/runtime/open.ts'
      await openRuntime('processes', { runId: '${runId}', signal: new AbortController().signal })`
    const args = ['--import', 'tsx', '--input-type=module', '--eval', forgetful]
    const host = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    expect(await once(host, 'exit')).toEqual([0, null])
    await expect.poll(() => leftOnThisMachine(runId), { timeout: 15_000 }).toEqual(nothing)
  })
})
