/** What keys do in a lab: asked of the session, or shown. */
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { EdgeLabError } from '../../../../../src/errors.ts'
import type { Lab } from '../../../../../src/labs/file/lab.ts'
import { requestForm } from '../../../../../src/labs/session/trying/request.ts'
import type { Services } from '../../../../../src/views/services.ts'
import { useNavigation } from '../../../../../src/views/tui/navigation.tsx'
import { LabScreen } from '../../../../../src/views/tui/screens/lab/lab-screen.tsx'
import { Frame } from '../../../../../src/views/tui/widgets/frame.tsx'
import { fixtureLab, rightVerdicts, wrongVerdicts } from '../../../lab-fixture.ts'
import { type OpenedApp, openOn, type Setting } from '../../harness.tsx'
import { type FakeSession, fakeSession } from './fake-session.ts'

let app: OpenedApp
let session: FakeSession
afterEach(() => app.close())

async function openAt(step: string, services: Partial<Services> = {}, setting: Setting = {}): Promise<void> {
  session = fakeSession(step)
  app = openOn(<LabScreen id="saying-no" />, {
    ...setting,
    services: { openLab: async () => session, ...services },
  })
  await app.shows('Lab 3')
}
const footer = (): string => app.rows().at(-1) ?? ''
const now = (): string => app.rows().at(-3) ?? ''

test('a prediction: choices, a number, how sure, and a commit that says that it locks', async () => {
  await openAt('guess')
  await app.press('right', 'return')
  expect(app.text()).toContain('○ 200    ● 429    ○ 401')
  await app.press('return', '4', '1', 'backspace', '0')
  expect(app.text()).toContain('❯ 40▏ requests')
  expect(footer()).toContain('letters write')
  await app.press('return', 'right', 'right', 'return')
  expect(app.text()).toContain('❯ Commit – locked until you have seen the result')
  expect(app.text()).toContain('○ guess    ○ fairly    ● very')
  await app.press('return')
  await app.shows('How sure you were: very. Your answers are locked.')
  expect(session.asked).toEqual([
    { type: 'answer', question: 'customer.early', value: 'limited' },
    { type: 'answer', question: 'customer.late', value: 'ok' },
    { type: 'answer', question: 'seen', value: '4' },
    { type: 'answer', question: 'seen', value: '41' },
    { type: 'answer', question: 'seen', value: '4' },
    { type: 'answer', question: 'seen', value: '40' },
    { type: 'commit', confidence: 3 },
  ])
  expect(footer()).not.toContain('take')
})

test('keys that come in one piece are not lost', async () => {
  await openAt('guess')
  await app.press('\r\r', '12\r\r\r')
  expect(session.asked.at(-1)).toEqual({ type: 'commit', confidence: 1 })
  expect(session.asked).toContainEqual({ type: 'answer', question: 'seen', value: '12' })
})

test('what is missing is counted, and the cursor goes to it', async () => {
  await openAt('guess')
  await app.press('down', 'return')
  expect(app.text()).toContain('(3 still to answer)')
  expect(app.text()).toContain('❯ (type a number) requests')
})

test('free text is written, corrected and pasted; letters are letters meanwhile', async () => {
  await openAt('why')
  await app.press('return', 'quick n', 'left', 'backspace', 'X')
  expect(app.text()).toContain('❯ quickX▏n')
  await app.press('\u001b[200~ pasted\nline\u001b[201~')
  await app.shows('quickX pasted line▏n')
  await app.press('escape')
  expect(footer()).toContain('⏎ write')
  expect(session.asked.at(-1)).toEqual({ type: 'answer', question: 'prompt', value: 'quickX pasted linen' })
  await app.press('down', 'return')
  await app.shows('Your answer is locked.')
})

test('down reads on until the question is in sight, then it moves the cursor', async () => {
  await openAt('look', {}, { columns: 60, rows: 16 })
  expect(app.text()).not.toContain('Which of the two')
  for (let lines = 0; lines < 60 && !app.text().includes('❯'); lines += 1) await app.press('down')
  expect(app.text()).toContain('Which of the two refused the customer?')
  await app.press('down')
  expect(app.text()).toContain('❯ ○ 429')
  await app.press('return')
  expect(session.asked).toEqual([{ type: 'answer', question: 'who', value: 'limited' }])
})

test('what is not in sight is not answered: Enter leads to it first', async () => {
  await openAt('look', {}, { columns: 60, rows: 16 })
  expect(app.text()).not.toContain('Which of the two')
  expect(footer()).toContain('⏎ to the question')
  await app.press('return')
  expect(app.text()).toContain('Which of the two refused the customer?')
  expect(session.asked).toEqual([])
  expect(footer()).toContain('⏎ take')
  await app.press('return')
  expect(session.asked).toEqual([{ type: 'answer', question: 'who', value: 'ok' }])
})

test('the option under the cursor is in sight, however long the list is', async () => {
  await openAt('recall', {}, { columns: 60, rows: 16 })
  const label = 'an answer that takes more than one line because somebody had a lot to say about it, number'
  const options = Array.from({ length: 7 }, (_, at) => ({ id: `o${at}`, label: `${label} ${at + 1}` }))
  session.replace({
    questions: session.page().questions.map((each) => ({ ...each, input: { kind: 'choice', options } })),
  })
  for (let at = 1; at <= 7; at += 1) {
    await app.shows(new RegExp(`❯ ○ an answer[^○❯]*number ${at}`))
    await app.press('down')
  }
  expect(app.text()).toContain('❯ Commit')
  for (let at = 7; at >= 1; at -= 1) {
    await app.press('up')
    await app.shows(new RegExp(`❯ ○ an answer[^○❯]*number ${at}`))
  }
})

test('while a run goes on its lines are shown, keys wait, and the screen says so', async () => {
  await openAt('ask')
  await app.press('r')
  session.report({ busy: 'the run is under way', lines: ['nginx-early: 41 sent', 'node-proxy: \u001b[2J starting'] })
  await app.shows('node-proxy: \\x1b[2J starting')
  expect(now()).toContain('… the run is under way; until then keys that do something wait, q leaves')
  expect(footer()).toBe(' q leave  ? keys')
  await app.press('r', 'n', 'b', 'l')
  expect(session.asked).toEqual([{ type: 'run' }])
  session.report({ busy: null, lines: [] })
  session.finish()
  await app.shows('What came back, and what the origin saw')
  expect(footer()).toContain('r run again')
})

test('while checks are judged the page can be read, and nothing else', async () => {
  await openAt('fix', {}, { columns: 60, rows: 16 })
  session.replace({ verdicts: wrongVerdicts })
  session.report({ busy: 'checking' })
  await app.shows('… checking;')
  await app.press('end', 'c', 'h', 'x', 'e', 'n')
  expect(app.text()).toContain('so        The limit counted')
  expect(session.asked).toEqual([])
})

test('a task: the first check that is not right is open, the others by the cursor', async () => {
  await openAt('fix')
  session.replace({ verdicts: wrongVerdicts })
  await app.shows('❯ ✗ wrong  The customer is served')
  expect(app.text()).toContain('expected  200')
  expect(app.text()).toContain('so        The limit counted the wrong keys')
  await app.press('down')
  expect(app.text()).toContain('❯ ✓ right  Wrong keys are refused')
  expect(app.text()).toContain('expected  401, 40 times')
  await app.press('down')
  expect(app.text()).toContain('❯ ? cannot tell yet')
  await app.press('c', 'h')
  expect(session.asked).toEqual([{ type: 'check' }, { type: 'hint' }])
  session.replace({ verdicts: rightVerdicts, done: true, hints: ['Look at the *order*.'], moreHints: false })
  await app.shows('Hint 1  Look at the order.')
  expect(footer()).toContain('n next')
  expect(footer()).not.toContain('hint')
})

test.each([
  [80, 24],
  [60, 16],
])('h shows where its hint appeared, at %i×%i', async (columns, rows) => {
  await openAt('fix', {}, { columns, rows })
  session.replace({ verdicts: wrongVerdicts, text: 'A long text.\n\n'.repeat(30) })
  await app.press('h')
  // It comes when it was written to disk.
  session.replace({ hints: ['Look at the *order*.'] })
  await app.shows('Hint 1  Look at the order.')
  const more = `${'It is a long one, and it goes on. '.repeat(40)}At last.`
  await app.press('g', 'h')
  session.replace({ hints: ['Look at the *order*.', more] })
  await app.shows('Hint 2  It is a long one')
  // From there one reads on.
  for (let lines = 0; lines < 40 && !app.text().includes('At last.'); lines += 1) await app.press('down')
  expect(app.text()).toContain('At last.')
  session.replace({ moreHints: false })
  await app.press('g')
  expect(app.text()).not.toContain('Hint 2')
  await app.press('h')
  await app.shows('Hint 2  It is a long one')
  expect(session.asked.filter(({ type }) => type === 'hint')).toHaveLength(2)
})

test('a task that is broken again says so, and no longer offers the way on', async () => {
  await openAt('fix')
  session.finish()
  await app.shows(/n next/)
  session.replace({ verdicts: wrongVerdicts, brokenAgain: true, next: 'It was right and is broken again: make every' })
  await app.shows('Broken again: every check was right before.')
  expect(footer()).not.toContain('n next')
  expect(now()).toContain('It was right and is broken again')
})

test('t: a request of one’s own is typed, sent, and shown side by side; Esc leads back', async () => {
  await openAt('ask')
  expect(footer()).not.toContain('t try')
  session.replace({ mayTry: true })
  await app.shows('t try')
  await app.press('t')
  await app.shows('Clients: web, mobile.')
  await app.press('/products/7 as web', 'return')
  expect(session.asked.at(-1)).toEqual({ type: 'try', text: '/products/7 as web' })
  session.report({ busy: 'starting what the request goes through' })
  await app.shows('… starting what the request goes through')
  await app.press('return')
  expect(session.asked).toHaveLength(1)
  session.report({
    busy: null,
    tried: [
      {
        text: 'GET /products/7 as web',
        blocks: [{ kind: 'note', tone: 'info', text: 'node-proxy said \u001b[2J 200' }],
      },
    ],
  })
  await app.shows('node-proxy said \\x1b[2J 200')
  await app.press('up')
  expect(app.text()).toContain('❯ GET /products/7 as web▏')
  await app.press('down', 'q', '?')
  expect(app.text()).toContain('/products/7 as webq?▏')
  await app.press('escape')
  await app.shows('Forty wrong keys, one right one')
})

test.each([
  [140, 45],
  [80, 24],
  [60, 16],
])(
  'a request that is not understood is said in place, and long answers are read on, at %i×%i',
  async (columns, rows) => {
    await openAt('ask', {}, { columns, rows })
    session.replace({ mayTry: true })
    await app.press('t')
    const problem = new EdgeLabError('requestUnclear', {
      what: '“alcie” is not a client of this lab.',
      form: requestForm,
    })
    session.report({ problem })
    await app.shows('error: The request was not understood')
    expect(app.text()).toContain('“alcie” is not a client of this lab.')
    const blocks = Array.from({ length: 90 }, (_, at) => ({
      kind: 'note' as const,
      tone: 'info' as const,
      text: `line ${at}`,
    }))
    session.report({ problem: null, tried: [{ text: 'GET /', blocks }] })
    await app.shows('line 0')
    for (let pages = 0; pages < 60 && !app.text().includes('line 89'); pages += 1) await app.press('pageDown')
    expect(app.text()).toContain('line 89')
    expect(app.text()).toContain('❯ ▏')
  },
)

test('m opens the whole finding behind what a lesson shows of it', async () => {
  await openAt('ask')
  session.finish()
  expect(footer()).not.toContain('m more')
  session.replace({ more: [{ title: 'Latency', verdict: ['after Holm’s correction'], blocks: [] }] })
  await app.shows('m more')
  await app.press('m')
  await app.shows('after Holm’s correction')
  await app.press('m')
  await app.shows('Forty wrong keys, one right one')
})

test('the end of a lab: what was learned, the solutions, and a key for the next lab', async () => {
  const next: Lab = { ...fixtureLab, id: 'one-resource', number: 4, title: 'One resource' }
  await openAt('recall', {
    labs: async () => [
      { lab: fixtureLab, progress: null },
      { lab: next, progress: null },
    ],
  })
  session.finish()
  session.replace({ finished: true })
  await app.shows('n what you learned')
  await app.press('n')
  await app.shows('Next: lab 4, One resource (n).')
  expect(app.text()).toContain('• Know in which phase a limit counts.')
  const seen: string[] = []
  for (let pages = 0; pages < 8; pages += 1) {
    seen.push(app.text())
    await app.press('pageDown')
  }
  const all = seen.join('\n')
  for (const text of [
    'Task: Make room for the customer',
    'A solution',
    '- limit_req zone=all;',
    '  auth_request /key;',
  ])
    expect(all).toContain(text)
  expect(all).toContain('Another way: rewrite phase')
  expect(all).toContain('What you changed')
  await app.press('b')
  await app.shows('Without the lab')
  await app.press('n', 'n')
  expect(app.opened.at(-1)).toEqual({ name: 'lab', id: 'one-resource' })
  await vi.waitFor(() => expect(session.closed()).toBe(1))
})

test('e gives the screen to the editor and takes it back', async () => {
  const edited: string[] = []
  await openAt('fix', {
    edit: async (file) => {
      edited.push(file)
      return true
    },
  })
  const before = app.written().length
  await app.press('e')
  await app.shows('Make room for the customer')
  expect(edited).toEqual(['/home/learner/labs/saying-no/files/native/nginx.conf'])
  // The alternate screen is left and entered again.
  expect(app.written().slice(before)).toMatch(/\u001b\[\?1049l[\s\S]*\u001b\[\?1049h/)
})

test('e twice in one piece opens one editor, which finds lines wrapped as it expects them', async () => {
  const closed = Promise.withResolvers<boolean>()
  let edits = 0
  let before = ''
  await openAt('fix', {
    edit: () => {
      edits += 1
      before = app.written()
      return closed.promise
    },
  })
  await app.press('ee')
  expect(edits).toBe(1)
  expect(before.lastIndexOf('\u001b[?7h')).toBeGreaterThan(before.lastIndexOf('\u001b[?7l'))
  closed.resolve(true)
  await app.shows('Make room for the customer')
  expect(app.written().slice(before.length)).toContain('\u001b[?7l')
})

test('without an editor the file is named', async () => {
  await openAt('fix')
  await app.press('e')
  await app.shows('No editor is known here')
})

test('of several files one is chosen', async () => {
  const edited: string[] = []
  await openAt('fix', {
    edit: async (file) => {
      edited.push(file)
      return true
    },
  })
  session.replace({
    files: ['/home/learner/labs/saying-no/files/a.conf', '/home/learner/labs/saying-no/files/b/c.conf'],
  })
  await app.press('e')
  await app.shows('❯ a.conf')
  await app.press('down', 'return')
  await app.shows('Make room for the customer')
  expect(edited).toEqual(['/home/learner/labs/saying-no/files/b/c.conf'])
})

test.each([
  ['x', 'Reset this step?', { type: 'reset' }],
  ['s', 'Apply the solution?', { type: 'skip' }],
] as const)('%s asks first', async (key, question, action) => {
  await openAt('fix')
  await app.press(key)
  await app.shows(question)
  await app.press('n')
  await app.shows('Make room for the customer')
  expect(session.asked).toEqual([])
  await app.press(key, 'y')
  await app.shows('Make room for the customer')
  expect(session.asked).toEqual([action])
})

test('what cannot be repaired says so and offers the reset', async () => {
  await openAt('fix')
  session.report({ broken: 'The file is empty.' })
  await app.shows('Broken: The file is empty. Editing on will not repair this: x resets the step.')
})

test('a refusal is said and nothing else happens', async () => {
  await openAt('guess')
  session.report({
    problem: new EdgeLabError('notNow', { why: 'This step is not finished.', hint: 'Commit your prediction first.' }),
  })
  await app.shows('This step is not finished. Commit your prediction first.')
  expect(app.text()).toContain('What does the customer get?')
})

test('a problem is shown with the end of the log, and put away with a key', async () => {
  await openAt('ask')
  session.report({
    problem: new EdgeLabError(
      'startFailed',
      { name: 'nginx', why: 'no answer' },
      { logTail: 'nginx: [emerg] \u001b[2J oops' },
    ),
  })
  await app.shows('A part of the lab did not start')
  expect(app.text()).toContain('nginx: [emerg] \\x1b[2J oops')
  await app.press('return')
  await app.shows('Forty wrong keys, one right one')
})

test('the list of steps leads to a finished one', async () => {
  await openAt('welcome')
  session.finish()
  await app.press('n', 'l')
  await app.shows('all steps')
  expect(app.text()).toMatch(/❯ +2 {2}What will the customer get · predict · begun +❯ you are here/)
  await app.press('up', 'return')
  await app.shows('They look alike:')
  expect(session.asked).toEqual([{ type: 'next' }, { type: 'go', step: 'welcome' }])
})

function Below(): ReactNode {
  const { go } = useNavigation()
  const open = { keys: ['return'], label: 'open', act: () => go({ name: 'lab', id: 'saying-no' }) }
  return (
    <Frame title="Below" bindings={[open]}>
      {null}
    </Frame>
  )
}

test.each(['q', 'escape'])('%s leaves at once, and what was started is stopped behind it', async (key) => {
  const kept = fakeSession('ask')
  const closing = Promise.withResolvers<void>()
  session = kept
  app = openOn((route) => (route.name === 'lab' ? <LabScreen id="saying-no" /> : <Below />), {
    services: { openLab: async () => ({ ...kept, close: () => closing.promise }) },
  })
  await app.press('return')
  await app.shows('Forty wrong keys')
  await app.press(key)
  await app.shows('Lab 3 is kept at step 3 of 7. Stopping what it had started.')
  closing.resolve()
  await app.shows('Lab 3 is kept at step 3 of 7. What it had started is stopped.')
})

test('Ctrl-C gives the screen back first and stops what runs then', async () => {
  await openAt('ask')
  expect(session.closed()).toBe(0)
  await app.press('ctrl+c')
  await app.exit
  expect(session.closed()).toBe(1)
  const [, after = ''] = app.written().split('\u001b[?1049l')
  expect(after).toContain('Stopping lab saying-no.')
  expect(after).toContain('Lab 3 is kept at step 3 of 7. What it had started is stopped.')
})

test('a lab that cannot be opened says why', async () => {
  app = openOn(<LabScreen id="saying-no" />, {
    services: {
      openLab: async (_, note) => {
        note('Looking for nginx.')
        throw new EdgeLabError('nothingRuns', { why: 'no system is left for the proxy' })
      },
    },
  })
  await app.shows('None of the systems can run here')
})

test('what was said while the lab was opened stands below it until the next key', async () => {
  await openAt('guess', {
    openLab: async (_, note) => {
      note('Your progress could not be read.')
      return session
    },
  })
  await app.shows('❯')
  await app.shows('Your progress could not be read.')
  await app.press('l')
  expect(app.text()).not.toContain('Your progress')
})

test('a resize keeps place, answers and cursor', async () => {
  await openAt('guess', {}, { columns: 140, rows: 45 })
  await app.press('return', 'return', '7')
  await app.resize(60, 16)
  expect(app.text()).toContain('❯ 7▏ requests')
  expect(app.rows()).toHaveLength(16)
  await app.resize(140, 45)
  expect(app.text()).toContain('❯ 7▏ requests')
})

test.each(fixtureLab.steps.map(({ id }) => id))(
  '%s without Unicode is ASCII, without colour unstyled',
  async (step) => {
    await openAt(step, {}, { unicode: false })
    session.finish()
    await app.press('end', 'l', 'q', '?')
    // Beside text: cursor movement, erasing, private modes. No SGR.
    expect(app.written().replace(/\u001b\[[?\d;]*[A-HJKhlsu]/g, '')).toMatch(/^[\n\r -~]*$/)
  },
)
