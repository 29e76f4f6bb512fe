import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadLab } from '../../src/labs/file/load/load.ts'
import { readAnswers } from '../../src/labs/session/answer-file.ts'
import { applyOverlay, createWorkspace } from '../../src/labs/session/workspace.ts'
import { readText } from '../../src/text-file.ts'
import { sampleLab } from './sample-lab.ts'
import { openEnvironment } from './task-environment-here.ts'

const fixture = 'test/labs/fixture-lab/07-fixture'
let folder = ''

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'foreign-text-')), '07-fixture')
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

const answers = `guess: { status: { proxy: ok, gateway: no }, seen: 3, confidence: fairly }
look: { which: ok }
why: It counts.
fix: solution
quiz: { need: gw }
`

/** As an editor on Windows saves it. */
function foreign(text: string): string {
  return `\uFEFF${text.replaceAll('\n', '\r\n')}`
}

test('a lab whose files begin with a byte order mark and end lines with CRLF is the same lab', async () => {
  await cp(fixture, folder, { recursive: true })
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name)
    if ((await stat(path)).isFile()) await writeFile(path, foreign(await readFile(path, 'utf8')))
  }
  const lab = await loadLab(folder)
  expect({ ...lab, folder: '' }).toEqual({ ...(await loadLab(fixture)), folder: '' })

  const task = lab.steps.find((step) => step.type === 'task')!
  const workspace = join(folder, '..', 'files')
  await createWorkspace(lab, workspace)
  await applyOverlay(lab, task.solution, workspace)
  const environment = await openEnvironment(
    { path: workspace, write: never, copy: never, remove: never },
    lab.roles,
    task.scenario,
  )
  try {
    // Facts of runs there are none.
    const checks = task.checks.filter(({ check }) => check.kind !== 'answer')
    const verdicts = await environment.judge(checks, () => undefined)
    expect(verdicts.map(({ id, state, difference }) => [id, state, difference])).toEqual(
      checks.map(({ id }) => [id, 'right', '']),
    )
  } finally {
    await environment.close()
  }
})

function never(): never {
  throw new Error('this test lays its own files')
}

test('answers that begin with a byte order mark are read', async () => {
  const file = `${folder}.yaml`
  await writeFile(file, foreign(answers))
  expect(readAnswers(await readText(file), file, sampleLab)).toEqual(readAnswers(answers, file, sampleLab))
})
