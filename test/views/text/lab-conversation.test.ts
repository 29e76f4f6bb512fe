import { expect, test } from 'vitest'
import { freshStep } from '../../../src/labs/progress/progress.ts'
import { announce } from '../../../src/views/text/lab/announce.ts'
import { converse } from '../../../src/views/text/lab/conversation.ts'
import { fixtureLab } from '../lab-fixture.ts'
import { script } from '../linear/script.ts'
import { fakeSession } from '../tui/screens/lab/fake-session.ts'

const around = { saveReport: async () => 'report.html', labs: async () => [] }

test('a task that is done by saving says what comes next, once', () => {
  const session = fakeSession('fix')
  const said: string[] = []
  const stop = announce(session, (lines) => said.push(...lines), { columns: 80, color: false, unicode: true })
  session.replace({ done: true, next: 'Next: What would you do? (questions without the lab).' })
  const { progress } = session.state()
  session.report({ progress: { ...progress, steps: { fix: { ...freshStep, done: true } } } })
  session.report({ busy: null })
  stop()
  expect(said.filter((line) => line.startsWith('Next: '))).toEqual([
    'Next: What would you do? (questions without the lab).',
  ])
})

test('what is no number is said to be none at once, and asked for again', async () => {
  const session = fakeSession('guess')
  const said = script(['1', '2', 'many', '40', 'quit'], { columns: 80, color: false, unicode: true })
  await converse(session, said, around)
  expect(said.unasked()).toEqual([])
  expect(said.transcript()).toContain('“many” is not a number; write it as 120 or 0.5.')
  expect(session.asked.map((each) => (each.type === 'answer' ? each.value : each.type))).toEqual([
    'ok',
    'limited',
    '40',
  ])
})

test('Ctrl-C in the middle of something long leaves the lab, and that is told to whoever asked', async () => {
  const session = fakeSession('ask')
  const said = script(['run', 'never asked'], { columns: 80, color: false, unicode: true })
  const interrupted = async <Result>(doing: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    const controller = new AbortController()
    const result = doing(controller.signal)
    controller.abort()
    return result
  }
  expect(await converse(session, { ...said, interruptible: interrupted }, around)).toBe(true)
  expect(said.unasked()).toEqual(['never asked'])
})

const screen = { columns: 80, color: false, unicode: true }

test('a request of one’s own, in lines: at once, or asked for with what can be written', async () => {
  const session = fakeSession('ask')
  session.replace({ mayTry: true })
  const said = script(['t GET /products/7 as web', 't', '/orders', 't', '', 'quit'], screen)
  await converse(session, said, around)
  expect(session.asked).toEqual([
    { type: 'try', text: 'GET /products/7 as web' },
    { type: 'try', text: '/orders' },
  ])
  expect(said.transcript()).toContain('Clients: web, mobile.')
  expect(said.transcript()).toContain('run, t, back')
})

test('what came of a request is said once, with nothing of it taken for a command of the terminal', () => {
  const session = fakeSession('ask')
  const said: string[] = []
  const stop = announce(session, (lines) => said.push(...lines), screen)
  const blocks = [{ kind: 'note' as const, tone: 'info' as const, text: 'answered \u001b[2J' }]
  session.report({ tried: [{ text: 'GET /', blocks }] })
  session.report({ busy: null })
  stop()
  expect(said.filter((line) => line.includes('answered'))).toEqual(['Note: answered \\x1b[2J'])
})

test('a task that is broken again is said to be, and offers the solution instead of the way on', async () => {
  const session = fakeSession('fix')
  session.replace({ done: true, brokenAgain: true, next: 'It was right and is broken again: mend it.' })
  const said = script(['next', 'quit'], screen)
  await converse(session, said, around)
  expect(said.transcript()).toContain('It was right and is broken again: mend it.')
  expect(said.transcript()).toContain('“next” is not understood here.')
  expect(said.transcript()).toMatch(/^check, hint, solution/m)
  expect(session.asked).toEqual([])
})

test('the end of a lab in lines: learned, predicted, solved, and the command of the next lab', async () => {
  const session = fakeSession('recall')
  const next = { ...fixtureLab, id: 'next', number: 4, title: 'One resource' }
  const labs = async () => [
    { lab: fixtureLab, progress: null },
    { lab: next, progress: null },
  ]
  session.finish()
  session.replace({ finished: true })
  const said = script(['end', 'quit'], screen)
  await converse(session, said, { ...around, labs })
  const transcript = said.transcript()
  for (const text of [
    'What you learned',
    'Task: Make room for the customer',
    '- limit_req zone=all;',
    'Another way: rewrite phase',
  ])
    expect(transcript).toContain(text)
  expect(transcript).toContain('The next lab is 4, One resource: edgelab lab 4 --plain')
  expect(transcript).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
})

test('more: the whole finding', async () => {
  const session = fakeSession('ask')
  session.replace({ done: true, more: [{ title: 'Latency', verdict: ['After Holm’s correction.'], blocks: [] }] })
  const said = script(['more', 'quit'], screen)
  await converse(session, said, around)
  expect(said.transcript()).toContain('Latency\nAfter Holm’s correction.')
})
