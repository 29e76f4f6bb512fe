import { expect, test } from 'vitest'
import { runLinear } from '../../../src/views/linear/app.ts'
import { type Script, script } from './script.ts'
import { type Asked, sampleServices } from './services.ts'

const text = { columns: 80, color: false, unicode: true }

async function read(answers: readonly string[], options = text): Promise<{ readonly said: Script; asked: Asked }> {
  const asked: Asked = { measured: [], remembered: [], deleted: [], opened: [], reset: [] }
  const said = script(answers, options)
  await runLinear({ services: sampleServices(asked), dialogue: said, playLab: async () => undefined })
  return { said, asked }
}

test.each([
  ['compare', ['2', '1 2', '3', '2', '4', '3', '3', '', 'q', 'q']],
  ['reports', ['3', '1', '1', '1', '', 'q', '2', '1', 'no', 'q', 'q']],
  ['course', ['1', '1', '2', '1', '3', 'n', 'q', 'q']],
  ['doctor', ['4', '', 'q']],
  ['glossary', ['5', 'herd', 'nonsense', 'q', 'q']],
])('%s: the whole conversation', async (name, answers) => {
  const { said } = await read(answers)
  expect(said.unasked()).toEqual([])
  await expect(said.transcript()).toMatchFileSnapshot(`../../golden/views/linear-${name}.txt`)
})

test('a run is chosen by numbers, asked for as chosen, and offered again', async () => {
  const { asked } = await read(['2', '2', '1,2', '2', 'q', '2', '', '', '1', 'q', 'q'])
  const [, second] = asked.remembered
  expect(asked.measured[0]).toEqual({
    scenarios: [second!.scenarios[0]],
    systems: ['direct', 'node-proxy'],
    effort: 'default',
  })
  expect(asked.measured[1]).toEqual({ ...asked.measured[0], effort: 'quick' })
})

test('how sure a run is to be is asked for as it was named', async () => {
  expect((await read(['2', '1', '2', '3', 'q', 'q'])).asked.measured[0]?.effort).toBe('publish')
})

test('every probe with its answers, and what was held equal, can be read', async () => {
  const titles = (await read(['3', '1', '1', 'q', 'q'])).said.transcript()
  const number = (title: string): string => new RegExp(`^ *(\\d+) {2}${title}`, 'm').exec(titles)![1]!
  const { said } = await read(['3', '1', '1', number('Proof, probe'), '1', '', 'q', number('What ran'), '', 'q', 'q'])
  expect(said.transcript()).toContain('To send it again:')
  expect(said.transcript()).toMatch(/^ {2}curl -i \\\n( {4}-H .* \\\n)* {4}"\$EDGE"'.*'$/m)
  expect(said.transcript()).toContain('Systems take turns within each round')
  expect(said.unasked()).toEqual([])
})

test('only a yes deletes', async () => {
  expect((await read(['3', '2', '1', '', 'q', 'q'])).asked.deleted).toEqual([])
  expect((await read(['3', '2', '1', 'y', 'q', 'q'])).asked.deleted).toEqual(['reports/cut'])
})

test('the name of a run steers nothing, not even in a question', async () => {
  const hostile = script(['3', '1', '1', 'n', 'q', 'q'], text)
  const asked: Asked = { measured: [], remembered: [], deleted: [], opened: [], reset: [] }
  const runs = async () => [{ folder: 'reports/\u001b[2J\u202eexe', record: null, problem: 'cut\u0007' }]
  await runLinear({ services: { ...sampleServices(asked), runs }, dialogue: hostile, playLab: async () => undefined })
  expect(hostile.transcript()).toContain('Delete \\x1b[2J\\u202eexe with its report?')
  expect(hostile.transcript()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

test('only a yes begins a lab anew', async () => {
  expect((await read(['1', '1', '3', 'n', 'q', 'q'])).asked.reset).toEqual([])
  expect((await read(['1', '1', '3', 'y', 'q', 'q'])).asked.reset).toEqual(['one-hop'])
})

test('what fails is said in full, and the menu comes again', async () => {
  const { said } = await read(['1', '1', '1', 'q'])
  expect(said.transcript()).toContain('None of the systems can run here')
  expect(said.transcript().match(/^EdgeLab$/gm)).toHaveLength(2)
})

test('the end of the input leads out from anywhere', async () => {
  const paths = [[], ['2'], ['2', '1'], ['2', '1', '1'], ['2', '1', '1', '1'], ['3', '1'], ['1', '1'], ['4']]
  for (const path of paths) expect((await read(path)).said.transcript()).toMatch(/\(end of input\)\n$/)
})

test('nothing is written but lines: no escape sequence, and ASCII where nothing else can be shown', async () => {
  const answers = ['2', '1 2', '1 2', '1', ...Array.from({ length: 12 }, (_, n) => [String(n + 1), '']).flat()]
  const { said } = await read(answers, { ...text, unicode: false })
  expect(said.transcript()).toMatch(/^[\n -~]*$/)
})

test('a decision: one question after another, then what the answers come to; q leaves with what was answered', async () => {
  const titles = (await read(['3', '1', '1', 'q', 'q'])).said.transcript()
  const decide = /^ *(\d+) {2}Decide/m.exec(titles)![1]!
  // Routes must be there, all else is not needed; ten million requests; whoever; scripts; the latency does not matter.
  const { said } = await read([
    '3',
    '1',
    '1',
    decide,
    '3',
    '1',
    '1',
    '1',
    '1',
    '1',
    '1',
    '3',
    '3',
    '2',
    '1',
    'n',
    'q',
    'q',
    'q',
  ])
  expect(said.transcript()).toContain('So far: must.')
  expect(said.transcript()).toContain('Decision: The edge')
  expect(said.transcript()).toContain('What was not looked at')
  expect(said.unasked()).toEqual([])
})
