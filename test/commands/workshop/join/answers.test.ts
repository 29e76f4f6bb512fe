import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAllAnswers } from '../../../../src/commands/workshop/join/answers.ts'
import { sampleLab } from '../../../labs/sample-lab.ts'

const guess = 'guess: { status: { proxy: ok, gateway: no }, seen: 3, confidence: fairly }\n'
const whole = `${guess}look: { which: ok }\nwhy: It counts.\nfix: solution\nquiz: { need: gw }\n`
const labs = [sampleLab, { ...sampleLab, id: 'later' }]

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answers-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a file is for the first lab; a folder for each lab that it has a file of', async () => {
  const file = join(folder, 'mine.yaml')
  await writeFile(file, whole)
  expect([...(await readAllAnswers(file, labs, undefined)).keys()]).toEqual(['sample'])
  await writeFile(join(folder, 'later.yaml'), whole)
  expect([...(await readAllAnswers(folder, labs, undefined)).keys()]).toEqual(['later'])
})

test('up to a step, what comes behind it needs no answers', async () => {
  const file = join(folder, 'mine.yaml')
  await writeFile(file, guess)
  expect((await readAllAnswers(file, labs, 'guess')).get('sample')).toHaveProperty('guess')
  await expect(readAllAnswers(file, labs, 'look')).rejects.toMatchObject({ name: 'badInput' })
  await expect(readAllAnswers(file, labs, undefined)).rejects.toMatchObject({ name: 'badInput' })
  await expect(readAllAnswers(file, labs, 'gess')).rejects.toThrow('There is no step “gess” in sample.')
})

test('a folder without any, a file that is not there', async () => {
  await expect(readAllAnswers(folder, labs, undefined)).rejects.toThrow('holds answers to none of sample, later')
  await expect(readAllAnswers(join(folder, 'gone.yaml'), labs, undefined)).rejects.toMatchObject({
    name: 'fileUnreadable',
  })
})
