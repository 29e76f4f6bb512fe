import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { labHome } from '../../../src/labs/progress/home.ts'
import { readProgress } from '../../../src/labs/progress/progress-store.ts'
import { openSession } from '../../../src/labs/session/open-session.ts'
import type { LabSession } from '../../../src/labs/session/session.ts'

let home = ''

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'session-test-'))
  vi.stubEnv('EDGELAB_HOME', home)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

async function opened(): Promise<LabSession> {
  const lab = await loadLab('test/labs/fixture-lab/07-fixture')
  return openSession(lab, { runtime: 'processes', note: () => undefined, watch: false })
}

test('what is typed faster than it is written is kept all the same, also when the lab is left at once', async () => {
  const session = await opened()
  await session.act({ type: 'next' })
  for (const value of ['1', '12', '123']) void session.act({ type: 'answer', question: 'requests', value })
  void session.act({ type: 'answer', question: 'seen.proxy', value: 'edge' })
  void session.act({ type: 'back' })
  await session.close()
  const { progress } = await readProgress('fixture')
  expect(progress?.at).toBe('guess')
  expect(progress?.steps['guess']?.answers).toEqual({ requests: '123', 'seen.proxy': 'edge' })
})

test('what a killed EdgeLab had begun to write is removed; what another one writes stays', async () => {
  const { folder } = labHome('fixture')
  // No process has so high a number.
  const left = 'progress.json.99999999.tmp'
  await mkdir(join(folder, 'before', 'fix.99999999.tmp'), { recursive: true })
  await writeFile(join(folder, left), '{')
  await writeFile(join(folder, `report.html.${process.ppid}.tmp`), '<')
  const session = await opened()
  await session.close()
  expect(await readdir(join(folder, 'before'))).toEqual([])
  const names = await readdir(folder)
  expect(names).not.toContain(left)
  expect(names).toContain(`report.html.${process.ppid}.tmp`)
})
