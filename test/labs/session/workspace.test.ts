import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Lab, TaskStep } from '../../../src/labs/file/lab.ts'
import {
  applyOverlay,
  createWorkspace,
  filesFor,
  keepBefore,
  resetFiles,
  writeFiles,
} from '../../../src/labs/session/workspace.ts'
import { sampleCast, sampleLab } from '../sample-lab.ts'

let folder = ''
let workspace = ''
let lab: Lab = sampleLab
const task = sampleLab.steps.find((step): step is TaskStep => step.type === 'task')!

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workspace-test-'))
  workspace = join(folder, 'home', 'files')
  lab = { ...sampleLab, folder: join(folder, 'lab') }
  await put('lab/files/scenario.yaml', 'start')
  await put('lab/files/node-proxy/edge.json', '{}')
  await put('lab/solution/scenario.yaml', 'solved')
  await createWorkspace(lab, workspace)
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

function at(path: string): Promise<string> {
  return readFile(join(workspace, path), 'utf8')
}

test('files are laid where they are missing; what the learner wrote stays', async () => {
  expect(await at('node-proxy/edge.json')).toBe('{}')
  await put('home/files/scenario.yaml', 'mine')
  await rm(join(workspace, 'node-proxy'), { recursive: true })
  await createWorkspace(lab, workspace)
  expect([await at('scenario.yaml'), await at('node-proxy/edge.json')]).toEqual(['mine', '{}'])
})

test('a reset goes back to where the task was begun, not to the start of the lab', async () => {
  await put('home/files/scenario.yaml', 'of an earlier task')
  const before = await keepBefore(task, workspace)
  await applyOverlay(lab, 'solution', workspace)
  expect(await at('scenario.yaml')).toBe('solved')
  expect(await keepBefore(task, workspace)).toBe(before)
  await resetFiles(before, task.edit, workspace)
  expect(await at('scenario.yaml')).toBe('of an earlier task')
  expect(await readdir(join(folder, 'home', 'before'))).toEqual(['fix'])
})

test('a file that was not there is gone after a reset', async () => {
  await rm(join(workspace, 'node-proxy/edge.json'))
  const before = await keepBefore(task, workspace)
  await writeFiles({ 'node-proxy/edge.json': '{"a":1}' }, workspace)
  expect(await at('node-proxy/edge.json')).toBe('{"a":1}')
  await resetFiles(before, task.edit, workspace)
  await expect(at('node-proxy/edge.json')).rejects.toThrow('ENOENT')
})

test('native files count only where their system plays', () => {
  expect(filesFor(lab, sampleCast, task)).toEqual(['scenario.yaml', 'node-proxy/edge.json'])
  const assignments = sampleCast.assignments.map((assignment) => ({ ...assignment, system: 'nginx' as const }))
  expect(filesFor(lab, { ...sampleCast, assignments }, task)).toEqual(['scenario.yaml'])
})

test('a workspace that cannot be written is said as such', async () => {
  await put('file', '')
  await expect(createWorkspace(lab, join(folder, 'file', 'files'))).rejects.toMatchObject({ name: 'stateUnwritable' })
})
