/** A decision from the command line: from the kept sample, and what is wrong with both files at once. */
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CommandFolder, commandFolder } from './command.ts'

const sample = resolve('reports/sample')
const priorities = resolve('priorities/shop.yaml')

let folder: CommandFolder
beforeEach(async () => {
  folder = await commandFolder()
})
afterEach(() => folder.remove())

test('the decision in text, and as files', async () => {
  const { code, stdout } = await folder.run(['decide', sample, '--priorities', priorities])
  expect(code).toBe(0)
  expect(stdout).toContain('Decision: The shop’s edge')
  const written = await folder.run(['decide', sample, '--priorities', priorities, '--out', 'decisions'])
  expect(written.stdout).toBe('decisions/decision.md\ndecisions/decision.html\n')
  expect(await readFile(join(folder.path, 'decisions/decision.md'), 'utf8')).toContain('## What was not looked at')
  expect(await readFile(join(folder.path, 'decisions/decision.html'), 'utf8')).toContain('<h2>Consequences</h2>')
})

test('mistakes of priorities and prices are told together, before a run is looked for', async () => {
  await writeFile(join(folder.path, 'mine.yaml'), 'formatVersion: 1\nmust: []\nrequestsPerMonth: 5M\n')
  await writeFile(join(folder.path, 'ours.yaml'), 'formatVersion: 1\nprices: { aws-rest-9: { amount: 1 } }\n')
  const { code, stderr } = await folder.run(['decide', 'gone', '--priorities', 'mine.yaml', '--prices', 'ours.yaml'])
  expect(code).toBe(2)
  expect(stderr).toContain('2 mistakes in 2 files')
  expect(stderr).toMatch(/mine\.yaml.*2/)
  expect(stderr).toContain('there is no price “aws-rest-9”')
})

test('prices of a reader’s own are listed as theirs', async () => {
  await writeFile(join(folder.path, 'ours.yaml'), 'formatVersion: 1\nprices: { aws-rest-1: { amount: 3.1 } }\n')
  const { stdout } = await folder.run(['list', 'prices', '--prices', 'ours.yaml'])
  expect(stdout).toMatch(/3\.10 USD/)
  expect(stdout).toContain('yours')
})
