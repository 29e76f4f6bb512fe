/** Where runs go and what they need there. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CommandFolder, commandFolder, smallRun, smallScenario } from './command.ts'
import { openTerminal, tmux } from './terminal.ts'

let folder: CommandFolder
beforeAll(async () => {
  folder = await commandFolder()
})
afterAll(() => folder.remove())

test('report takes what --out wrote; a second run does not replace it unasked, and nothing is lost', async () => {
  const out = [...smallRun, '--quick', '--out', 'mine']
  expect(await folder.run(out)).toMatchObject({ code: 0 })
  const record = await readFile(join(folder.path, 'mine', 'run.json'), 'utf8')
  const report = await folder.run(['report', 'mine'])
  expect(report).toMatchObject({ code: 0, stdout: `${join('mine', 'report.html')}\n` })
  for (const more of [[], ['--json']]) {
    const { code, stdout, stderr } = await folder.run([...out, ...more])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('mine holds a run; nothing was started.')
  }
  // What cannot be read is somebody's run as well.
  await writeFile(join(folder.path, 'mine', 'run.json'), record.slice(0, 100))
  expect(await folder.run(out)).toMatchObject({ code: 2 })
  expect(await readFile(join(folder.path, 'mine', 'run.json'), 'utf8')).toBe(record.slice(0, 100))
})

test('a temporary folder that is not there is named, and nothing is left of the run', async () => {
  const env = { TMPDIR: join(folder.path, 'nowhere') }
  const { code, stderr } = await folder.run([...smallRun, '--out', 'deep/er'], undefined, env)
  expect(code).toBe(3)
  expect(stderr).toContain(`${env.TMPDIR}: there is no such folder`)
  expect(stderr).toContain('TMPDIR')
  await expect(readFile(join(folder.path, 'deep'))).rejects.toMatchObject({ code: 'ENOENT' })
  expect((await folder.run(['doctor'], undefined, env)).stdout).toMatch(/Disk +missing +the temporary folder/)
  expect(await folder.run(['clean'], undefined, env)).toMatchObject({ code: 0 })
})

test.skipIf(!tmux)('on a terminal --out asks before it replaces a run', async () => {
  const terminal = await openTerminal({ columns: 100, rows: 30 })
  try {
    await terminal.line('mkdir mine; echo kept > mine/run.json')
    await terminal.line(
      `node ${process.cwd()}/dist/cli.js run ${smallScenario} --runtime processes --systems direct --quick --out mine`,
    )
    await terminal.until('mine holds a run. Replace it when the new one is measured? y or n:')
    await terminal.line('n')
    await terminal.until('mine holds a run; nothing was started.')
    expect(await readFile(join(terminal.folder, 'mine', 'run.json'), 'utf8')).toBe('kept\n')
  } finally {
    await terminal.close()
  }
})
