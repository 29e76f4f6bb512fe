import { afterEach, expect, test, vi } from 'vitest'
import { runCommandLine } from '../../src/commands/command-line.ts'

const written: string[] = []
vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
  written.push(String(text))
  return true
})
afterEach(() => {
  written.length = 0
})

const options = ['--plain', '--answers <file>', '--anew', '--runtime <kind>']

test.each([
  ['lab', '1', '--help'],
  ['lab', 'one-hop', '-h'],
  ['lab', '--help'],
  ['lab', 'help', 'start'],
])('%s %s %s shows the options of a lab', async (...argv) => {
  expect(await runCommandLine(argv)).toBe(0)
  for (const option of options) expect(written.join('')).toContain(option)
})

test('what is asked about a lab is answered about a lab, and about a verb about the verb', async () => {
  await runCommandLine(['lab', '1', '--help'])
  expect(written.join('')).toContain('Usage: edgelab lab start')
  written.length = 0
  await runCommandLine(['lab', 'check', '--help'])
  expect(written.join('')).toContain('Usage: edgelab lab check')
})

test('a verb that is mistyped is taken for no lab without a word', async () => {
  await expect(runCommandLine(['lab', 'strat'])).rejects.toMatchObject({
    message: expect.stringContaining('Did you mean edgelab lab start?'),
  })
})
