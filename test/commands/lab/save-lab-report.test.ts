import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reportOn, saveLabReport } from '../../../src/commands/lab/save-lab-report.ts'
import { EdgeLabError } from '../../../src/errors.ts'
import type { Lab, TaskStep } from '../../../src/labs/file/lab.ts'
import { loadLab } from '../../../src/labs/file/load/load.ts'
import { newLabFiles } from '../../../src/labs/file/new-lab.ts'
import { labHome } from '../../../src/labs/progress/home.ts'
import { freshStep } from '../../../src/labs/progress/progress.ts'
import { beginProgress } from '../../../src/labs/progress/progress-store.ts'
import { createWorkspace, keepBefore, writeFiles } from '../../../src/labs/session/workspace.ts'

let folder = ''
let shop: Lab
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-report-'))
  vi.stubEnv('EDGELAB_HOME', join(folder, 'home'))
  await writeFiles(newLabFiles('A shop', '../lab.schema.json'), join(folder, '07-shop'))
  shop = await loadLab(join(folder, '07-shop'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

test('each task shows its own changes, where a later one goes on with the same files', async () => {
  const fix = shop.steps.find((step): step is TaskStep => step.type === 'task')!
  const polish: TaskStep = { ...fix, id: 'polish', title: 'Polish' }
  const lab: Lab = { ...shop, steps: [fix, polish] }
  const { workspace } = labHome(lab.id)
  await createWorkspace(lab, workspace)
  await keepBefore(fix, workspace)
  await writeFiles({ 'shop.yaml': 'changed in the first\n' }, workspace)
  await keepBefore(polish, workspace)
  await writeFiles({ 'shop.yaml': 'changed in the second\n' }, workspace)
  const steps = { fix: { ...freshStep, done: true }, polish: { ...freshStep, done: true } }
  const cast = { runtime: 'processes', reason: '', assignments: [] } as const
  const progress = { ...beginProgress(lab, new Date(), 1), steps }
  const html = await readFile(await saveLabReport({ lab, cast, progress }), 'utf8')
  const [first = '', second = ''] = html.split('<section id="step-').slice(1)
  expect(first).toContain('- id: shop')
  expect(first).toContain('+ changed in the first')
  expect(first).not.toContain('changed in the second')
  expect(second).toContain('- changed in the first')
  expect(second).toContain('+ changed in the second')
})

test('a lab that was not begun, and a progress that is damaged, have no report: which of the two is said', async () => {
  const said = async (): Promise<string> => {
    const error = await reportOn(shop, 'processes').catch((thrown: unknown) => thrown)
    return error instanceof EdgeLabError ? `${error.name}: ${error.message}` : 'a report'
  }
  expect(await said()).toBe('labNotBegun: There is nothing to report yet: shop was not begun.')
  await writeFiles({ 'progress.json': '{' }, labHome(shop.id).folder)
  expect(await said()).toContain('the progress in shop cannot be read (it is not JSON, or cut)')
})
