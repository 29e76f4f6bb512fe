import { expect, test } from 'vitest'
import { freshStep } from '../../../src/labs/progress/progress.ts'
import { announce } from '../../../src/views/text/lab/announce.ts'
import { converse } from '../../../src/views/text/lab/conversation.ts'
import { script } from '../linear/script.ts'
import { fakeSession } from '../tui/screens/lab/fake-session.ts'

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
  await converse(session, said, async () => 'report.html')
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
  expect(await converse(session, { ...said, interruptible: interrupted }, async () => 'report.html')).toBe(true)
  expect(said.unasked()).toEqual(['never asked'])
})
